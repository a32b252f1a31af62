/** The stage, handed to the cards that React Flow renders. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Signal } from './signal.ts';
import type { Stage } from './stage.ts';

export const StageContext = createContext<Stage | null>(null);

export function useStage(): Stage {
  const stage = useContext(StageContext);
  if (!stage) throw new Error('outside of a canvas');
  return stage;
}

export const useSignal = <T>(signal: Signal<T>): T => useSyncExternalStore(signal.subscribe, signal.get);
