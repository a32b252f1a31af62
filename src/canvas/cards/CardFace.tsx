/** What a card shows: its outline, its icon, its words, and two live figures that repaint on their own. */
import { lazy, Suspense, useRef } from 'react';
import type { BoardNode } from '../../graph/index.ts';
import {
  cssFont,
  iconPath,
  isToldOf,
  nodeFace,
  nodeFigures,
  type PlacedText,
  STACK_OFFSETS,
  silhouette,
  silhouetteDash,
  silhouetteDetail,
} from '../../picture/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { type LiveProps, set, useWritten } from './written.ts';

const Instances = lazy(() => import('./CardInstances.tsx'));

function faceOf(workspace: Workspace, node: BoardNode) {
  const { quantile, units, instance } = workspace.use.getState().session;
  const readings = workspace.nodeReadings(node.id);
  const figures = nodeFigures(node, readings, quantile, workspace.isStale, units, instance);
  return nodeFace(node, figures, isToldOf(readings, instance) ? instance : null);
}

type Props = {
  workspace: Workspace;
  node: BoardNode;
  /** Its name is being typed over. */
  editing: boolean;
  /** One card for several: others show behind it. */
  stacked?: boolean;
};

export function CardFace({ workspace, node, editing, stacked = false }: Props) {
  // one that is spoken of by name has another face
  workspace.use((state) => state.session.instance);
  const face = faceOf(workspace, node);
  const outline = silhouette(node.kind, { x: 0, y: 0, width: face.width, height: face.height });
  const detail = silhouetteDetail(node.kind, { x: 0, y: 0, width: face.width, height: face.height });
  return (
    <svg width={face.width} height={face.height} aria-hidden="true">
      {stacked &&
        STACK_OFFSETS.map((by) => (
          <path key={by} className="node-outline" d={outline} transform={`translate(${by} ${-by})`} />
        ))}
      <path className="node-outline" d={outline} strokeDasharray={silhouetteDash(node.kind)?.join(' ')} />
      <path className="node-detail" d={detail} />
      <path
        className="node-icon"
        d={iconPath(node.kind)}
        transform={`translate(${face.icon.x} ${face.icon.y}) scale(${face.icon.size / 16})`}
      />
      {!editing && <Words text={face.name} className="ink" />}
      <Words text={face.technology} className="ink-faint" />
      {face.instances && <Words text={face.instances} className="ink-secondary" />}
      {face.divider && (
        <path className="node-divider" d={`M${face.divider.x} ${face.divider.y}h${face.divider.width}`} />
      )}
      <Figures workspace={workspace} node={node} />
      <Suspense>
        <Instances workspace={workspace} node={node} />
      </Suspense>
    </svg>
  );
}

function Words({ text, className }: { text: PlacedText; className: string }) {
  return (
    <text
      x={text.x}
      y={text.y}
      className={className}
      textAnchor={text.end ? 'end' : 'start'}
      style={{ font: cssFont(text.font) }}
    >
      {text.text}
    </text>
  );
}

/** The figures' strip: label and value of each. */
function Figures({ workspace, node }: LiveProps) {
  const group = useRef<SVGGElement>(null);
  useWritten({ workspace, node }, () => {
    const texts = group.current?.querySelectorAll('text') ?? [];
    faceOf(workspace, node).figures.forEach(({ label, value, stale }, i) => {
      setText(texts[2 * i], label, false);
      setText(texts[2 * i + 1], value, stale);
    });
  });
  return (
    <g ref={group} className="figures">
      {FIGURE_TEXTS.map((key) => (
        <text key={key} />
      ))}
    </g>
  );
}

const FIGURE_TEXTS = ['first label', 'first value', 'second label', 'second value'];

/** A label that has no room is left out. */
function setText(element: SVGTextElement | undefined, text: PlacedText | null, stale: boolean): void {
  if (!element) return;
  const words = text?.text ?? '';
  if (element.textContent !== words) element.textContent = words;
  set(element, 'data-stale', String(stale));
  if (!text) return;
  set(element, 'x', String(text.x));
  set(element, 'y', String(text.y));
  set(element, 'text-anchor', text.end ? 'end' : 'start');
  set(element, 'class', text.end ? 'figure' : 'ink-faint');
  const font = cssFont(text.font);
  if (element.dataset.font === font) return;
  element.dataset.font = font;
  element.style.font = font;
}
