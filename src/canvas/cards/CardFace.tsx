/** What a card shows: its outline, its icon, its words, and two live figures that repaint on their own. */
import { useEffect, useRef } from 'react';
import { type BoardNode, subjectKey } from '../../graph/index.ts';
import {
  cssFont,
  iconPath,
  nodeFace,
  nodeFigures,
  type PlacedText,
  STACK_OFFSETS,
  silhouette,
  silhouetteDash,
  silhouetteDetail,
} from '../../picture/index.ts';
import type { Workspace } from '../../workspace/index.ts';

const figuresOf = (workspace: Workspace, node: BoardNode) =>
  nodeFigures(
    node,
    workspace.nodeReadings(node.id),
    workspace.use.getState().session.quantile,
    workspace.isStale,
    workspace.use.getState().session.units,
  );

type Props = {
  workspace: Workspace;
  node: BoardNode;
  /** Its name is being typed over. */
  editing: boolean;
  /** One card for several: others show behind it. */
  stacked?: boolean;
};

export function CardFace({ workspace, node, editing, stacked = false }: Props) {
  const face = nodeFace(node, figuresOf(workspace, node));
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

/** The figures' strip: label and value of each, set directly when readings arrive, at most twice a second. */
function Figures({ workspace, node }: { workspace: Workspace; node: BoardNode }) {
  const group = useRef<SVGGElement>(null);
  const edges = workspace.use((state) => state.board.edges);
  const quantile = workspace.use((state) => state.session.quantile);
  const units = workspace.use((state) => state.session.units);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another quantile is another figure
  useEffect(() => {
    const keys = [
      subjectKey({ type: 'node', id: node.id }),
      ...workspace.tellingEdges(node.id).map(({ id }) => subjectKey({ type: 'edge', id })),
    ];
    let timer = 0;
    const show = () => {
      timer = 0;
      const { figures } = nodeFace(node, figuresOf(workspace, node));
      const texts = group.current?.querySelectorAll('text') ?? [];
      figures.forEach(({ label, value, stale }, i) => {
        setText(texts[2 * i], label, false);
        setText(texts[2 * i + 1], value, stale);
      });
    };
    const later = () => {
      if (timer === 0) timer = window.setTimeout(show, 500);
    };
    show();
    const end = workspace.readings.subscribe((dirty) => {
      if (timer === 0 && keys.some((key) => dirty.has(key))) later();
    });
    const ageing = window.setInterval(later, 5000);
    return () => {
      end();
      window.clearInterval(ageing);
      window.clearTimeout(timer);
    };
  }, [workspace, node, edges, quantile, units]);
  return (
    <g ref={group} className="figures">
      {FIGURE_TEXTS.map((key) => (
        <text key={key} />
      ))}
    </g>
  );
}

const FIGURE_TEXTS = ['first label', 'first value', 'second label', 'second value'];

/** A label that has no room is left out. What stands already is not written again: each write is work for the page. */
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

function set(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
