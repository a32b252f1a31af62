/** Of which parts charts are shown: what is selected, or else the edges that are worst. */
import type { Board, Subject } from '../../graph/index.ts';
import type { Selection, Workspace } from '../../workspace/index.ts';
import { edgeNames, rowOf, sortRows } from '../measure/rows.ts';

export type Shown = { subjects: readonly Subject[]; words: string };

/** Parts with charts at a time; more can't be looked at side by side. */
const MOST = 12;
const WORST = 4;

/** What is selected, a group as its members; null where nothing is that could have figures. */
export function selectedSubjects(
  { nodes, edges }: Pick<Board, 'nodes' | 'edges'>,
  selection: Selection,
): Shown | null {
  const isIn = ({ id, group }: Board['nodes'][string]) =>
    selection.nodes.has(id) || (group !== undefined && selection.groups.has(group));
  const all = [
    ...Object.keys(edges)
      .filter((id) => selection.edges.has(id))
      .map((id): Subject => ({ type: 'edge', id })),
    ...Object.values(nodes)
      .filter(isIn)
      .map(({ id }): Subject => ({ type: 'node', id })),
  ];
  if (all.length === 0) return null;
  const words = all.length > MOST ? `The first ${MOST} of ${all.length} selected parts` : '';
  return { subjects: all.slice(0, MOST), words };
}

/** The edges that changed most against what they are compared with; without that, the slowest. */
export function worstEdges(workspace: Workspace): Shown {
  const { board, session } = workspace.use.getState();
  const baseline = workspace.past.baseline();
  const { best } = workspace.readings;
  const measured = { best, q: session.quantile, baseline, isStale: workspace.isStale };
  const rows = edgeNames(board).map(([id, name]) => rowOf(id, name, measured));
  const changed = rows.filter(({ ratio }) => ratio !== null);
  const by = changed.length > 0 ? 'ratio' : 'value';
  const known = changed.length > 0 ? changed : rows.filter(({ value }) => value !== null);
  const subjects = sortRows(known, { by, descending: true })
    .slice(0, WORST)
    .map(({ id }): Subject => ({ type: 'edge', id }));
  const which = by === 'ratio' ? `that changed most against ${baseline!.name}` : 'that are slowest';
  const words =
    subjects.length === 0
      ? 'Nothing is selected, and no edge is measured. Select what to look at, or connect a source.'
      : `Nothing is selected: the ${subjects.length === 1 ? 'edge' : `${subjects.length} edges`} ${which}`;
  return { subjects, words };
}
