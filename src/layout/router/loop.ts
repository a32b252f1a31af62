/** An edge from a card to itself: a small loop round its upper right corner. */
import type { Point } from '../../graph/index.ts';
import { type Box, STUB } from './box.ts';
import { PITCH } from './lanes.ts';

/** How far the first reaches, and what none reaches beyond, however many there are: so much room cards leave each other. */
const NEAREST = STUB + 8;
const ROOM = 40;

/** The `index`-th loop of a card lies outside the ones before it. */
export function loopPath({ min, max }: Box, index: number): Point[] {
  const reach = ROOM - (ROOM - NEAREST) / (index + 1);
  const inset = Math.min(18 + index * PITCH, (max[1] - min[1]) / 2);
  return [
    [max[0], min[1] + inset],
    [max[0] + reach, min[1] + inset],
    [max[0] + reach, min[1] - reach],
    [max[0] - inset, min[1] - reach],
    [max[0] - inset, min[1]],
  ];
}
