/** Kiali's graph of a mesh, as `/api/namespaces/graph` answers it: nodes, boxes around them, and rates between them. */
import { emptyBoard, type Fault } from '../../graph/index.ts';
import { titleOf } from '../build.ts';
import { type Format, isObject, type Opened, type Read, type ReadContext, refuse } from '../format.ts';
import { MOST } from '../limits.ts';
import { observedIn } from '../observed.ts';
import { shapeOf } from '../trace/shape.ts';
import { figuresOf, protocolOf, remarksOf, wordsOf } from './figures.ts';
import { groupsOf } from './groups.ts';
import { namesOf } from './names.ts';
import { graphIn, type KialiGraph } from './parts.ts';
import { numberIn } from './traffic.ts';

type Json = Record<string, unknown>;

/** Other tools draw with `elements` of the same form, and say nothing of what a node is. */
function graphOf(opened: Opened): (Json & { elements: Json }) | null {
  const value = opened.type === 'json' && opened.values.length === 1 ? opened.values[0] : null;
  if (!isObject(value) || !isObject(value.elements)) return null;
  const { elements } = value;
  const first: unknown = Array.isArray(elements.nodes) ? elements.nodes[0] : null;
  const isTyped = isObject(first) && isObject(first.data) && 'nodeType' in first.data;
  return 'graphType' in value || isTyped ? { ...value, elements } : null;
}

/** Faults listed one by one; the rest are counted. */
const MOST_LISTED = 20;
/** The last moment that a date can be, in seconds. */
const LAST_SECOND = 8.64e12;

function readKiali(opened: Opened, file: string, context: ReadContext): Read {
  const value = graphOf(opened);
  if (!value) return refuse(file, '', 'is no graph of Kiali');
  const graph = graphIn(value.elements);
  const { parts, links, broken } = graph;
  if (parts.length === 0 && broken.length > 0)
    return { ok: false, faults: listed(broken).map((fault) => ({ file, ...fault })) };
  if (parts.length === 0) return refuse(file, 'elements.nodes', 'holds no nodes');
  if (parts.length > MOST.nodes || links.length > MOST.edges)
    return refuse(
      file,
      '',
      `has ${parts.length} nodes and ${links.length} edges; up to ${MOST.nodes} and ${MOST.edges} can be drawn`,
    );
  const moment = secondsIn(value.timestamp);
  const duration = secondsIn(value.duration) ?? 0;
  const { board, readings, remarks } = boardOf(graph, { file, moment, duration }, context);
  if (moment === null)
    remarks.unshift('the graph does not say when it is of: its figures are dated by when it was read');
  const repairs = [...listed(broken), ...remarks.map((reason) => ({ path: '', reason }))];
  const [example] = broken;
  return {
    ...{ ok: true, format: KIALI.id, board, readings, repairs, whole: false },
    ...(example && { lost: { count: broken.length, of: null, what: 'records', example } }),
  };
}

type When = { file: string; moment: number | null; duration: number };

function boardOf(graph: KialiGraph, { file, moment, duration }: When, context: ReadContext) {
  const { parts, links } = graph;
  const names = namesOf(parts);
  const keyed = links.map((link) => ({ key: JSON.stringify([link.source, link.target]), link }));
  const { nodes, edges, idOf } = shapeOf(
    {
      parts: new Map(
        parts.map(({ id, kind }) => [
          id,
          { key: id, kind, ...names.get(id)!, technology: null, serves: true },
        ]),
      ),
      hops: new Map(
        keyed.map(({ key, link }) => {
          const { source, target } = link;
          const protocol = protocolOf(link);
          return [key, { key, source, target, kind: 'call' as const, protocol, operations: [] }];
        }),
      ),
    },
    context,
  );
  const { groups, groupOf, nested } = groupsOf(graph, context.newId);
  for (const { id, description } of parts) {
    const node = nodes[idOf.node.get(id)!]!;
    const group = groupOf.get(id);
    if (group !== undefined) node.group = group;
    if (description !== null) node.description = description;
  }
  const provenance = { source: `file:${file}`, label: `Kiali graph ${file}`, simulated: false };
  const coverage = { at: moment ?? context.now, window: duration, provenance };
  const readings = keyed.flatMap(({ key, link }) => {
    const edge = edges[idOf.edge.get(key)!]!;
    const words = wordsOf(link, moment);
    if (words !== null) edge.description = words;
    return figuresOf(link, { type: 'edge', id: edge.id }, coverage);
  });
  const remarks = remarksOf(links);
  if (nested > 0) remarks.push(`boxes inside of boxes, drawn as groups that say what they are in: ${nested}`);
  const empty = emptyBoard(context.newId(), titleOf(file, 'Kiali graph'));
  const board = observedIn(file, { ...empty, nodes, edges, groups });
  for (const { key, link } of keyed) {
    const edge = board.edges[idOf.edge.get(key)!]!;
    edge.origins = edge.origins!.map((origin) => ({ ...origin, at: link.at }));
  }
  return {
    board,
    readings,
    remarks,
  };
}

/** Seconds → milliseconds. */
function secondsIn(value: unknown): number | null {
  const seconds = numberIn(value);
  return seconds === null || seconds === 0 || seconds > LAST_SECOND ? null : seconds * 1000;
}

function listed(faults: readonly Fault[]): Fault[] {
  const shown = faults.slice(0, MOST_LISTED);
  const more = faults.length - shown.length;
  return more > 0 ? [...shown, { path: '', reason: `${more} more faults of nodes and edges` }] : shown;
}

export const KIALI: Format = {
  id: 'kiali',
  name: 'Kiali graph',
  suffixes: ['.json', '.json.gz'],
  reads:
    'The graph of a mesh as Kiali’s API answers with it: parts, boxes as groups, rates and errors. Its response times are an average or a quantile, it does not say which, and are kept in words.',
  recognises: (opened) => graphOf(opened) !== null,
  read: readKiali,
};
