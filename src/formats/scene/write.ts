/** A board as a scene, for those who write one: rectangles, words and records, under keys that are each one's own. */
import {
  type Board,
  type BoardEdge,
  type BoardNode,
  groupRects,
  type Id,
  type MarkStatus,
  markOn,
  type Note,
  nodeRect,
  type Rect,
} from '../../graph/index.ts';
import { edgeData, groupData, nodeData, noteData } from './data.ts';
import type { Json } from './scene.ts';
import { arrowText, boxText } from './words.ts';

type Drawn<R> = { key: string; record: R; text: string; data: Json };
type Placed<R> = Drawn<R> & { rect: Rect };

type Suspected = { mark: MarkStatus | undefined };

export type WrittenScene = {
  groups: Placed<Board['groups'][string]>[];
  nodes: (Placed<BoardNode> & Suspected & { group: string | null })[];
  notes: Placed<Note>[];
  edges: (Drawn<BoardEdge> & Suspected & { source: string; target: string })[];
};

/** Nodes, groups, notes and edges may share an id on the board. */
const keyOf = (is: string, id: Id): string => `${is}-${id}`;

export function writeScene(board: Board): WrittenScene {
  const rects = groupRects(board);
  return {
    groups: [...rects].map(([id, rect]) => {
      const record = board.groups[id]!;
      return { key: keyOf('group', id), record, rect, text: record.name, data: groupData(record) };
    }),
    nodes: Object.values(board.nodes).map((record) => ({
      ...{ key: keyOf('node', record.id), record, rect: nodeRect(record), text: boxText(record) },
      mark: markOn(board, { type: 'node', id: record.id })?.status,
      ...{
        data: nodeData(board, record),
        group: record.group === undefined ? null : keyOf('group', record.group),
      },
    })),
    notes: Object.values(board.notes).map((record) => {
      const [x, y] = record.position;
      const [width, height] = record.size;
      return {
        key: keyOf('note', record.id),
        record,
        rect: { x, y, width, height },
        text: record.text,
        data: noteData(record),
      };
    }),
    edges: Object.values(board.edges).map((record) => ({
      ...{ key: keyOf('edge', record.id), record, text: arrowText(record), data: edgeData(board, record) },
      mark: markOn(board, { type: 'edge', id: record.id })?.status,
      ...{ source: keyOf('node', record.source), target: keyOf('node', record.target) },
    })),
  };
}
