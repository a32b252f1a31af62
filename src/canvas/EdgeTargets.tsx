/**
 * Edges as elements: a button on each pill in view, clear as glass over the painted one. So that an edge can
 * be pointed at, reached by Tab, named by a screen reader, and opened by a context menu.
 */
import { ViewportPortal } from '@xyflow/react';
import { useEffect, useReducer } from 'react';
import { type Board, edgeName, formatQuantile, type Id, markOn, type Point } from '../graph/index.ts';
import { isNotable, skewFactor } from '../picture/index.ts';
import { spreadAt, type Workspace } from '../workspace/index.ts';
import { useSignal, useStage } from './context.ts';
import { selectEdge } from './gestures/select-edge.ts';
import { type Stage, viewRect } from './stage.ts';

/** More than these in view cannot be told apart; the pointer still finds any of them by its line. */
const AT_MOST = 150;
const WIDTH = 88;
const HEIGHT = 24;

export function EdgeTargets() {
  const stage = useStage();
  const { workspace } = stage;
  const hovered = useSignal(stage.hoveredEdge);
  const moving = useSignal(stage.moved).size > 0;
  useSignal(stage.mounted);
  useSignal(stage.lit);
  const board = workspace.use(() => workspace.shown().board);
  const selected = workspace.use(() => workspace.shown().session.selection.edges);
  const version = useRoutesVersion(stage);
  if (moving || version < 0) return null;
  const ids = targets(stage, board, hovered, selected);
  return (
    <ViewportPortal>
      {ids.map((id) => (
        <EdgeTarget
          key={id}
          stage={stage}
          id={id}
          at={workspace.routes.labels.get(id)!}
          pressed={selected.has(id)}
        />
      ))}
    </ViewportPortal>
  );
}

/** Renders anew when routes have settled, not for each slice of routing. */
function useRoutesVersion({ workspace, viewport }: Stage): number {
  const [, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    let seen = -1;
    const timer = window.setInterval(() => {
      const { version } = workspace.routes;
      if (version === seen) return;
      seen = version;
      again();
    }, 200);
    const end = viewport.subscribe(() => {
      seen = -1;
    });
    return () => {
      window.clearInterval(timer);
      end();
    };
  }, [workspace, viewport]);
  return workspace.routes.version;
}

function targets(stage: Stage, board: Board, hovered: Id | null, selected: ReadonlySet<Id>): Id[] {
  const view = viewRect(stage.viewport.get());
  const lit = stage.lit.get();
  const ids = new Set<Id>();
  if (hovered !== null && board.edges[hovered]) ids.add(hovered);
  for (const id of selected) if (ids.size < AT_MOST) ids.add(id);
  for (const [id, [x, y]] of stage.workspace.routes.labels) {
    if (ids.size >= AT_MOST) break;
    const inside = x > view.x && x < view.x + view.width && y > view.y && y < view.y + view.height;
    if (inside && board.edges[id] && (lit?.edges.has(id) ?? true)) ids.add(id);
  }
  // in the order of the labels, whatever is pointed at: a button that is moved between press and release is not clicked
  return [...stage.workspace.routes.labels.keys()].filter((id) => ids.has(id));
}

type TargetProps = { stage: Stage; id: Id; at: Point; pressed: boolean };

function EdgeTarget({ stage, id, at: [x, y], pressed }: TargetProps) {
  const { workspace } = stage;
  const name = spokenName(workspace, id);
  return (
    <button
      type="button"
      className="edge-target nopan nodrag"
      style={{ transform: `translate(${x - WIDTH / 2}px, ${y - HEIGHT / 2}px)` }}
      aria-label={name}
      aria-pressed={pressed}
      data-edge={id}
      onPointerEnter={() => stage.hoveredEdge.set(id)}
      onPointerLeave={() => stage.hoveredEdge.set(null)}
      onFocus={(event) => {
        event.currentTarget.setAttribute('aria-label', spokenName(workspace, id));
        if (event.currentTarget.matches(':focus-visible')) stage.hoveredEdge.set(id);
      }}
      onBlur={() => {
        if (stage.hoveredEdge.get() === id) stage.hoveredEdge.set(null);
      }}
      onClick={(event) => selectEdge(workspace, id, event.shiftKey)}
    />
  );
}

/** "edge checkout to payments, p95 182 milliseconds, 3.2 times baseline, suspected". */
function spokenName(workspace: Workspace, id: Id): string {
  const { board, session } = workspace.shown();
  const edge = board.edges[id]!;
  const label = workspace.labels.of(id);
  const parts = [
    `${edge.kind === 'call' ? 'edge' : edge.kind} ${edgeName(board, id, 'to')}`,
    label.text === '–' ? 'no figures' : `${formatQuantile(session.quantile)} ${spoken(label.text)}`,
  ];
  if (label.stale) parts.push(`stale, ${label.age}`);
  if (session.moment && label.text !== '–') parts.push('of the past');
  if (label.change) parts.push(spoken(label.change));
  const spread = spreadAt(workspace, { type: 'edge', id });
  if (spread) parts.push(`${spread.figures.length} instances`);
  if (spread && isNotable(spread.skew))
    parts.push(`${spread.figures[0]!.instance} ${skewFactor(spread.skew)} times their median`);
  const mark = markOn(board, { type: 'edge', id });
  if (mark) parts.push(mark.status);
  return parts.join(', ');
}

const SPOKEN: readonly (readonly [RegExp, string])[] = [
  [/ ms$/, ' milliseconds'],
  [/ µs$/, ' microseconds'],
  [/ s$/, ' seconds'],
  [/^↑(.*)×$/, '$1 times baseline'],
  [/^↓(.*)×$/, '$1 times faster than baseline'],
  [/^≈$/, 'as baseline'],
  [/^≥/, 'at least'],
];
function spoken(text: string): string {
  const [figure = '', ...of] = text.split(' · ');
  return [SPOKEN.reduce((words, [from, to]) => words.replace(from, to), figure), ...of].join(', ');
}
