/**
 * Layout beside dagre and plain ELK, in one run on one machine: of times only the ratio carries over. All get
 * the same boards in turn, warm; times are the fastest of the runs, lines are measured the same way as drawn.
 */
import type { Board } from '../src/graph/index.ts';
import { crossings, type Drawing, lengthOf } from './drawing.ts';
import { randomBoard } from './graphs.ts';
import { withDagre, withElkDefaults, withOurs } from './layouters.ts';
import { type Row, ratioAtMost, row } from './row.ts';
import { stabilityRows } from './stability.ts';

const EDGES_PER_NODE = 1.6;

/** Summed over the boards. */
type Sum = { ms: number; crossings: number; length: number };
type Layouter = (board: Board) => Drawing | Promise<Drawing>;

export async function layoutRows(): Promise<Row[]> {
  const warmUp = randomBoard(150, EDGES_PER_NODE, 99);
  for (let i = 0; i < 3; i++) {
    await withOurs(warmUp);
    withDagre(warmUp);
  }
  const boards = (nodes: number, seeds: number[]) =>
    seeds.map((seed) => randomBoard(nodes, EDGES_PER_NODE, seed));
  const all = { ours: withOurs, dagre: withDagre, elk: withElkDefaults };
  const at40 = await sideBySide(boards(40, [1, 2, 3, 4, 5]), 1, all);
  const at200 = await sideBySide(boards(200, [1, 2, 3]), 1, all);
  const timed = { ours: withOurs, dagre: withDagre };
  const times200 = await sideBySide(boards(200, [1, 2, 3]), 6, timed);
  const at1000 = await sideBySide(boards(1000, [1]), 2, timed);

  const beside = (name: string, sums: Record<'ours' | 'dagre', Sum>, figure: keyof Sum, most?: number): Row =>
    row(
      { name, ours: sums.ours[figure], peer: sums.dagre[figure], peerName: 'dagre', unit: UNITS[figure] },
      most === undefined ? undefined : ratioAtMost(most),
    );
  const besideElk = (
    name: string,
    sums: Record<'ours' | 'elk', Sum>,
    figure: keyof Sum,
    most?: number,
  ): Row =>
    row(
      { name, ours: sums.ours[figure], peer: sums.elk[figure], peerName: 'ELK default', unit: UNITS[figure] },
      most === undefined ? undefined : ratioAtMost(most),
    );
  return [
    beside('layout, 200 nodes: time', times200, 'ms', 0.7),
    beside('layout, 1,000 nodes: time', at1000, 'ms', 0.2),
    beside('layout, 1,000 nodes: crossings', at1000, 'crossings'),
    besideElk('layout, 200 nodes: crossings', at200, 'crossings', 1),
    beside('layout, 200 nodes: crossings', at200, 'crossings'),
    besideElk('layout, 200 nodes: length of lines', at200, 'length'),
    beside('layout, 200 nodes: length of lines', at200, 'length'),
    besideElk('layout, 40 nodes: crossings', at40, 'crossings'),
    beside('layout, 40 nodes: crossings', at40, 'crossings'),
    besideElk('layout, 40 nodes: length of lines', at40, 'length'),
    beside('layout, 40 nodes: length of lines', at40, 'length'),
    ...(await stabilityRows()),
  ];
}

const UNITS: Record<keyof Sum, string> = { ms: 'ms', crossings: 'crossings', length: 'px' };

/** Each layouter on each board in turn; its time is the fastest of `runs`. */
async function sideBySide<Name extends string>(
  boards: Board[],
  runs: number,
  layouters: Record<Name, Layouter>,
): Promise<Record<Name, Sum>> {
  const names = Object.keys(layouters) as Name[];
  const sums = Object.fromEntries(names.map((name) => [name, { ms: 0, crossings: 0, length: 0 }])) as Record<
    Name,
    Sum
  >;
  for (const board of boards) {
    const fastest = new Map(names.map((name) => [name, Number.POSITIVE_INFINITY]));
    for (let run = 0; run < runs; run++)
      for (const name of names) {
        const { ms, paths } = await layouters[name](board);
        fastest.set(name, Math.min(ms, fastest.get(name)!));
        if (run > 0) continue;
        sums[name].crossings += crossings(paths);
        sums[name].length += lengthOf(paths);
      }
    for (const name of names) sums[name].ms += fastest.get(name)!;
  }
  return sums;
}
