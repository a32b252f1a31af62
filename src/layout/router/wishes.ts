/** Where each route would like to leave and arrive: spread over the facing sides in the order of the far ends. */
import type { Id } from '../../graph/index.ts';
import { type Axis, type Box, middle, otherAxis, type Side } from './box.ts';
import { spread } from './ports.ts';
import { facingSides } from './quick.ts';

export type Span = { edge: Id; source: Box; target: Box };

/** For each edge the places on its two facing sides, across the sides' axis. */
export function wishesFor(spans: Iterable<Span>, flow: Axis): Map<Id, [number, number]> {
  const wishes = new Map<Id, [number, number]>();
  const ends = new Map<string, { box: Box; side: Side; ends: { edge: Id; which: 0 | 1; far: number }[] }>();
  const add = (box: Box, side: Side, edge: Id, which: 0 | 1, far: Box) => {
    const key = `${side.axis}${side.sign}${box.id}`;
    let list = ends.get(key);
    if (!list) ends.set(key, (list = { box, side, ends: [] }));
    list.ends.push({ edge, which, far: middle(far, otherAxis(side.axis)) });
  };
  for (const { edge, source, target } of spans) {
    const [from, to] = facingSides(source, target, flow);
    wishes.set(edge, [0, 0]);
    add(source, from, edge, 0, target);
    add(target, to, edge, 1, source);
  }
  for (const list of ends.values()) {
    list.ends.sort((a, b) => a.far - b.far || (a.edge < b.edge ? -1 : 1));
    const places = spread(list.box, list.side, list.ends.length);
    list.ends.forEach(({ edge, which }, i) => {
      wishes.get(edge)![which] = places[i]!;
    });
  }
  return wishes;
}

/** The axis along which most edges go forward: x for a board laid out to the right, y for one laid out down. */
export function flowOf(spans: Iterable<Span>): Axis {
  const forward: [number, number] = [0, 0];
  for (const { source, target } of spans)
    for (const axis of [0, 1] as const) {
      if (target.min[axis] >= source.max[axis]) forward[axis]++;
      else if (target.max[axis] <= source.min[axis]) forward[axis]--;
    }
  return Math.abs(forward[1]) > Math.abs(forward[0]) ? 1 : 0;
}
