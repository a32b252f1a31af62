/** A box → a node: what it is called, what it is, and the record it carries, as far as its text still says the same. */
import type { BoardNode, Id, NodeKind } from '../../graph/index.ts';
import type { GraphInTheMaking } from '../build.ts';
import { recognised } from '../diagram/kinds.ts';
import { nodeIn } from './data.ts';
import type { Shape } from './scene.ts';
import { boxSaid, boxText, sameText } from './words.ts';

export type DrawnPart = {
  id: Id;
  kind: NodeKind;
  shape: Shape;
  /** What the node has besides, or exactly. */
  record: Partial<BoardNode>;
};

/** @param isReached an arrow ends on it */
export function drawPart(
  shape: Shape,
  group: Id | undefined,
  graph: GraphInTheMaking,
  isReached: boolean,
): DrawnPart {
  const { said, words, text, at, links = [] } = shape;
  const record = shape.data ? nodeIn(shape.data) : {};
  const isUntouched =
    record.kind !== undefined && sameText(boxText({ name: '', ...record, kind: record.kind }), text);
  const stated = isUntouched ? {} : (said ?? boxSaid(text));
  const facts = { ...record, ...stated };
  const name = facts.name || words?.technology || 'unnamed';
  const technology = facts.technology ?? words?.technology;
  // Cylinders are drawn for anything that keeps data; an icon of a product says what it is.
  const shown = words?.kind === 'service' ? null : (words?.kind ?? null);
  const seen = recognised({
    ...{ name, technology, isReached },
    kind: facts.kind ?? (words?.technology === undefined ? null : shown),
    hint: shown,
  });
  const { kind } = seen;
  const id = graph.node(shape.id, {
    ...{ name, kind, links, origin: { how: 'stated', at } },
    ...(seen.technology !== undefined && { technology: seen.technology }),
    ...(facts.description !== undefined && { description: facts.description }),
    ...(facts.instances !== undefined && { instances: facts.instances }),
    ...(group !== undefined && { group }),
  });
  // The builder trims and cuts what people wrote; a record of ours is kept as it is.
  if (!isUntouched)
    for (const field of ['name', 'kind', 'technology', 'description', 'instances'] as const)
      delete record[field];
  return { id, kind, shape, record };
}
