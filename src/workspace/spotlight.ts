/**
 * What stands in the light while the rest is dimmed: the neighbourhood of a part, one group, or what a search
 * finds. Pure: one function says what is lit, and canvas and panels all ask it.
 */
import {
  type Board,
  type BoardEdge,
  type BoardNode,
  type Id,
  type NodeKind,
  reachable,
  type Subject,
  subjectKey,
} from '../graph/index.ts';
import { SEVERITIES, type Severity } from '../picture/index.ts';

/** How far a focus reaches: so many edges either way, or all the way against or along the edges. */
export type Reach = 1 | 2 | 'upstream' | 'downstream';

/** What a search asks for; null and false ask nothing. */
export type Search = {
  /** Part of a name. */
  text: string;
  kind: NodeKind | null;
  group: Id | null;
  /** Edges that are at least so much slower than usual. */
  severity: Severity | null;
  marked: boolean;
};

export type Spotlight =
  | { type: 'focus'; nodes: readonly Id[]; reach: Reach }
  | { type: 'group'; group: Id }
  /** `asked` goes up each time the search is called for, so that its field takes the focus again. */
  | ({ type: 'find'; asked: number } & Search);

export type Lit = { readonly nodes: ReadonlySet<Id>; readonly edges: ReadonlySet<Id> };
export type SeverityOf = (edge: Id) => Severity;
type Graph = Pick<Board, 'nodes' | 'edges' | 'marks'>;

export const emptySearch: Search = { text: '', kind: null, group: null, severity: null, marked: false };

export const asksNothing = ({ text, kind, group, severity, marked }: Search): boolean =>
  text.trim() === '' && kind === null && group === null && severity === null && !marked;

/** What is lit; null when nothing is dimmed, so that all is. */
export function lit(board: Graph, spotlight: Spotlight | null, severityOf: SeverityOf): Lit | null {
  if (!spotlight) return null;
  switch (spotlight.type) {
    case 'focus':
      return between(board, neighbourhood(board, spotlight));
    case 'group':
      return between(board, new Set(namesOf(board.nodes, (node) => node.group === spotlight.group)));
    case 'find':
      return asksNothing(spotlight) ? null : litBySearch(board, spotlight, severityOf);
  }
}

/** `lit` for the page: worked out anew only where board or spotlight changed, or where it hangs on figures. */
export function createLight(
  get: () => { board: Graph; session: { spotlight: Spotlight | null } },
  severityOf: SeverityOf,
): () => Lit | null {
  let known: { board: Graph; spotlight: Spotlight | null; lit: Lit | null } | null = null;
  return () => {
    const { board, session } = get();
    const { spotlight } = session;
    const hangsOnFigures = spotlight?.type === 'find' && spotlight.severity !== null;
    if (!known || known.board !== board || known.spotlight !== spotlight || hangsOnFigures)
      known = { board, spotlight, lit: lit(board, spotlight, severityOf) };
    return known.lit;
  };
}

/** A spotlight never names what is no longer there; where that leaves nothing to light, it ends. */
export function stillThere(
  spotlight: Spotlight | null,
  { nodes, groups }: Pick<Board, 'nodes' | 'groups'>,
): Spotlight | null {
  switch (spotlight?.type) {
    case 'focus': {
      const kept = spotlight.nodes.filter((id) => id in nodes);
      if (kept.length === spotlight.nodes.length) return spotlight;
      return kept.length > 0 ? { ...spotlight, nodes: kept } : null;
    }
    case 'group':
      return spotlight.group in groups ? spotlight : null;
    case 'find':
      return spotlight.group === null || spotlight.group in groups
        ? spotlight
        : { ...spotlight, group: null };
    default:
      return null;
  }
}

function neighbourhood({ nodes, edges }: Graph, { nodes: starts, reach }: Spotlight & { type: 'focus' }) {
  const here = starts.filter((id) => id in nodes);
  if (reach === 'upstream') return reachable(edges, here, 'in');
  if (reach === 'downstream') return reachable(edges, here, 'out');
  return reachable(edges, here, 'both', reach);
}

/** These nodes, and the edges that run between two of them. */
function between({ edges }: Graph, nodes: ReadonlySet<Id>): Lit {
  return {
    nodes,
    edges: new Set(namesOf(edges, ({ source, target }) => nodes.has(source) && nodes.has(target))),
  };
}

function namesOf<R extends { id: Id }>(records: Record<Id, R>, fits: (record: R) => boolean): Id[] {
  const ids: Id[] = [];
  for (const id in records) if (fits(records[id]!)) ids.push(id);
  return ids;
}

function litBySearch(board: Graph, search: Search, severityOf: SeverityOf): Lit {
  const found = matches(board, search, severityOf);
  const nodes = new Set<Id>();
  const edges = new Set<Id>();
  for (const { type, id } of found) {
    if (type === 'node') nodes.add(id);
    else edges.add(id);
  }
  const asksForEdges = search.severity !== null || search.marked;
  if (!asksForEdges) return between(board, nodes);
  // an edge says little without its ends
  for (const id of edges) nodes.add(board.edges[id]!.source).add(board.edges[id]!.target);
  return { nodes, edges };
}

/**
 * What a search finds, nodes first. Name, kind and group are asked of nodes, severity of edges, marks of both; an
 * edge is found when one of its ends fits what is asked of nodes.
 */
export function matches(board: Graph, search: Search, severityOf: SeverityOf): Subject[] {
  if (asksNothing(search)) return [];
  const { severity, marked } = search;
  const fits = fitting(search);
  const found: Subject[] = [];
  if (severity === null) for (const id of namesOf(board.nodes, fits)) found.push({ type: 'node', id });
  if (severity !== null || marked) {
    const least = severity === null ? 0 : SEVERITIES.indexOf(severity);
    const isWorse = ({ id }: BoardEdge) => severity === null || SEVERITIES.indexOf(severityOf(id)) >= least;
    const touches = ({ source, target }: BoardEdge) =>
      fits(board.nodes[source]!) || fits(board.nodes[target]!);
    for (const id of namesOf(board.edges, (edge) => isWorse(edge) && touches(edge)))
      found.push({ type: 'edge', id });
  }
  if (!marked) return found;
  const marks = new Set(Object.values(board.marks).map((mark) => subjectKey(mark.subject)));
  return found.filter((subject) => marks.has(subjectKey(subject)));
}

function fitting({ text, kind, group }: Search): (node: BoardNode) => boolean {
  const needle = text.trim().toLowerCase();
  return (node) =>
    (kind === null || node.kind === kind) &&
    (group === null || node.group === group) &&
    (needle === '' || node.name.toLowerCase().includes(needle));
}
