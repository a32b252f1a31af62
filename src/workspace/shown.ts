/**
 * What is drawn of the state: the board with its collapsed groups as cards, and the selection and the ring on what
 * stands for what they name. Everything that draws or is pointed at asks here; everything that changes the board
 * speaks of the board.
 */
import { type BoardEdge, type Id, type Projection, projectBoard, type Subject } from '../graph/index.ts';
import type { Selection, Session } from './session.ts';
import type { Lit } from './spotlight.ts';
import type { WorkspaceState } from './state.ts';
import { tellingEdges } from './throughput.ts';

/** Looking into a group opens it for as long as one looks. */
const openIn = ({ spotlight }: Session): Id | null => (spotlight?.type === 'group' ? spotlight.group : null);

export function createShown(get: () => WorkspaceState) {
  let last: Projection | null = null;
  let known: { of: WorkspaceState; shown: WorkspaceState } | null = null;
  function projection(): Projection {
    const { board, session } = get();
    last = projectBoard(board, openIn(session), last);
    return last;
  }
  return {
    projection,
    shown(): WorkspaceState {
      const state = get();
      const projected = projection();
      if (projected.board === state.board) return state;
      if (known?.of !== state) known = { of: state, shown: project(state, projected) };
      return known.shown;
    },
  };
}

function project(state: WorkspaceState, projection: Projection): WorkspaceState {
  const { session } = state;
  const selection = selectionShown(session.selection, projection);
  const ringed = session.ringed && placeOf(session.ringed, projection);
  return { ...state, board: projection.board, session: { ...session, selection, ringed } };
}

/** What is drawn where a subject is: itself, or what stands for it; null inside of a collapsed group. */
function placeOf({ type, id }: Subject, { hidden }: Projection): Subject | null {
  const place = type === 'node' ? hidden.nodes.get(id) : hidden.edges.get(id);
  return place === null ? null : { type, id: place ?? id };
}

/** A card is selected with its group, an edge that stands for several when all of them are. */
function selectionShown(selection: Selection, projection: Projection): Selection {
  const nodes = new Set([...selection.nodes].filter((id) => !projection.hidden.nodes.has(id)));
  const groups = new Set(selection.groups);
  const edges = new Set([...selection.edges].filter((id) => !projection.hidden.edges.has(id)));
  for (const [card, group] of projection.groups) if (groups.delete(group)) nodes.add(card);
  for (const [id, parts] of projection.edges)
    if (parts.every((part) => selection.edges.has(part))) edges.add(id);
  return { ...selection, nodes, groups, edges };
}

/** The way back: what is chosen of the drawing, as what it stands for. */
export function selectionMeant(
  selection: Selection,
  { groups: cards, edges: merged }: Projection,
): Selection {
  if (cards.size === 0) return selection;
  const nodes = new Set<Id>();
  const groups = new Set(selection.groups);
  for (const id of selection.nodes) {
    const group = cards.get(id);
    if (group === undefined) nodes.add(id);
    else groups.add(group);
  }
  const edges = new Set([...selection.edges].flatMap((id) => merged.get(id) ?? [id]));
  return { ...selection, nodes, groups, edges };
}

/** A card is lit with any of its members, an edge that stands for several with any of them. */
export function litShown(lit: Lit | null, { groups, hidden, edges: merged }: Projection): Lit | null {
  if (lit === null || groups.size === 0) return lit;
  const nodes = new Set([...lit.nodes].map((id) => hidden.nodes.get(id) ?? id));
  const edges = new Set(lit.edges);
  for (const [id, parts] of merged) if (parts.some((part) => lit.edges.has(part))) edges.add(id);
  return { nodes, edges };
}

/** The edges of the board that tell what a node or a card serves. */
export function edgesTelling({ board, groups, edges: merged, of }: Projection, node: Id): BoardEdge[] {
  if (!groups.has(node)) return [...tellingEdges(of.edges, node)];
  return tellingEdges(board.edges, node).flatMap(
    (edge) => merged.get(edge.id)?.map((id) => of.edges[id]!) ?? [edge],
  );
}
