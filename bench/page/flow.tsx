/** Plain React Flow, as its examples have it: labels in `edges`, all nodes with their sizes given. */
import '@xyflow/react/dist/style.css';
import {
  type Edge,
  type Node,
  ReactFlow,
  type ReactFlowInstance,
  useEdgesState,
  useNodesState,
} from '@xyflow/react';
import { toCanvas } from 'html-to-image';
import { createRoot } from 'react-dom/client';
import { type Board, boundsOf, nodeRect } from '../../src/graph/index.ts';
import { type Contender, encode, FAR, isWorse, latencyOf, PNG_WIDTH, ZOOM } from './contender.ts';
import { edgesOf, nodesOf } from './flow-board.ts';

type Api = { flow: ReactFlowInstance; setEdges: (change: (edges: Edge[]) => Edge[]) => void };
type Drawing = { nodes: Node[]; edges: Edge[] };

function Page({ board, onReady }: { board: Board; onReady: (api: Api) => void }) {
  const [nodes, , onNodesChange] = useNodesState(nodesOf(board));
  const [edges, setEdges, onEdgesChange] = useEdgesState(edgesOf(board));
  return (
    <div style={{ position: 'fixed', inset: 0 }}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onInit={(flow) => onReady({ flow: flow as unknown as ReactFlowInstance, setEdges })}
        minZoom={0.02}
        panOnDrag={[1]}
        fitView
      />
    </div>
  );
}

export async function create(root: HTMLElement, board: Board): Promise<Contender> {
  const { flow, setEdges } = await new Promise<Api>((resolve) =>
    createRoot(root).render(<Page board={board} onReady={resolve} />),
  );
  const setLabels = (round: number) =>
    setEdges((edges) =>
      edges.map((edge, i) => ({
        ...edge,
        label: `${latencyOf(i, round)} ms`,
        style: { stroke: isWorse(i, round) ? '#b3261e' : '#888' },
      })),
    );
  return {
    async look(at) {
      if (at === 'fit') await flow.fitView();
      else await flow.zoomTo(ZOOM[at]);
    },
    update: setLabels,
    scrub: () => scrubStrip(setLabels),
    node: nodeInTheMiddle,
    keys: keysOf(flow),
    png: () => picture(board),
  };
}

/** The least strip there is: where the pointer is says which round is shown, once a frame. */
async function scrubStrip(show: (round: number) => void) {
  const strip = document.body.appendChild(document.createElement('div'));
  strip.style.cssText = 'position: fixed; z-index: 9; right: 100px; bottom: 20px; left: 300px; height: 40px';
  let frame = 0;
  strip.onpointermove = ({ clientX, buttons }) => {
    if (buttons === 0 || frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      show(Math.floor(clientX / 6));
    });
  };
  const { left, right, top, height } = strip.getBoundingClientRect();
  return { left, right, y: top + height / 2 };
}

/** Undo as cheap as it can be: the arrays of before are put back. */
function keysOf(flow: ReactFlowInstance): NonNullable<Contender['keys']> {
  const past: Drawing[] = [];
  const show = ({ nodes, edges }: Drawing) => {
    flow.setNodes(nodes);
    flow.setEdges(edges);
  };
  const change = (to: (now: Drawing) => Drawing) => {
    const now = { nodes: flow.getNodes(), edges: flow.getEdges() };
    past.push(now);
    show(to(now));
  };
  const selected = (to: boolean) => {
    flow.setNodes((nodes) => nodes.map((node) => ({ ...node, selected: to })));
    flow.setEdges((edges) => edges.map((edge) => ({ ...edge, selected: to })));
  };
  return {
    select: () => selected(true),
    deselect: () => selected(false),
    move: () =>
      change(({ nodes, edges }) => ({
        nodes: nodes.map((node) => ({ ...node, position: { ...node.position, x: node.position.x + FAR } })),
        edges,
      })),
    delete: () => change(() => ({ nodes: [], edges: [] })),
    undo: () => show(past.pop()!),
  };
}

function nodeInTheMiddle(): readonly [number, number] {
  const middles = [...document.querySelectorAll('.react-flow__node')].map((node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    return [left + width / 2, top + height / 2] as const;
  });
  const away = ([x, y]: readonly [number, number]) => Math.hypot(x - innerWidth / 2, y - innerHeight / 2);
  return middles.sort((a, b) => away(a) - away(b))[0]!;
}

/** As React Flow's own example of a download does it, with html-to-image. */
async function picture(board: Board): Promise<Blob> {
  const bounds = boundsOf(Object.values(board.nodes).map(nodeRect))!;
  const scale = PNG_WIDTH / bounds.width;
  const height = Math.round(bounds.height * scale);
  const viewport = document.querySelector<HTMLElement>('.react-flow__viewport')!;
  const canvas = await toCanvas(viewport, {
    width: PNG_WIDTH,
    height,
    pixelRatio: 1,
    skipFonts: true,
    style: { transform: `scale(${scale}) translate(${-bounds.x}px, ${-bounds.y}px)` },
  });
  return encode(canvas);
}
