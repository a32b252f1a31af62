/** Live figures in React: only the small components that show them render again, at most once a frame. */
import { useMemo, useSyncExternalStore } from 'react';
import { type EpochMs, type Reading, type Subject, subjectKey } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';

const NONE: readonly Reading[] = [];

/** The latest readings of a subject. */
export function useReadings(workspace: Workspace, { type, id }: Subject): readonly Reading[] {
  const store = useMemo(() => {
    const subject: Subject = { type, id };
    const key = subjectKey(subject);
    return {
      subscribe(changed: () => void) {
        let frame = 0;
        const end = workspace.readings.subscribe((dirty) => {
          if (frame !== 0 || !dirty.has(key)) return;
          frame = requestAnimationFrame(() => {
            frame = 0;
            changed();
          });
        });
        return () => {
          end();
          cancelAnimationFrame(frame);
        };
      },
      read() {
        const readings = workspace.readings.of(subject);
        return readings.length === 0 ? NONE : readings;
      },
    };
  }, [workspace, type, id]);
  return useSyncExternalStore(store.subscribe, store.read);
}

/** The time, told anew every second. */
export function useNow(workspace: Workspace): EpochMs {
  const store = useMemo(() => {
    let now = workspace.now();
    return {
      subscribe(changed: () => void) {
        const timer = setInterval(() => {
          now = workspace.now();
          changed();
        }, 1000);
        return () => clearInterval(timer);
      },
      read: () => now,
    };
  }, [workspace]);
  return useSyncExternalStore(store.subscribe, store.read);
}
