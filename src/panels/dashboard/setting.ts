/** What all charts share: the stretch, what stands behind, how values are shown, and what pointing at one does. */
import type { EpochMs, Milliseconds, Subject, Units } from '../../graph/index.ts';
import type { View } from '../timeline/scale.ts';
import type { Backdrop } from './behind.ts';
import type { Chart } from './charts.ts';
import type { Crosshair } from './crosshair.ts';
import type { Film } from './film.ts';
import type { Palette } from './look.ts';

export type Setting = {
  view: View;
  now: EpochMs;
  /** Whose values stand beside the names while nothing is pointed at: the moment shown, or now. */
  time: EpochMs;
  /** Longer without a value is none. */
  gap: Milliseconds;
  backdrop: Backdrop;
  palette: Palette;
  units: Units;
  isLog: boolean;
  crosshair: Crosshair;
  /** Goes to that moment. */
  onChoose(at: EpochMs): void;
};

/** A part that is looked at, and its charts. */
export type Part = {
  subject: Subject;
  name: string;
  film: Film;
  charts: readonly Chart[];
  isComing: boolean;
};
