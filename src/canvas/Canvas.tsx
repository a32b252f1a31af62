/** The board on the page: React Flow for hands and cards, one painted layer under it for all the rest. */
import '@xyflow/react/dist/style.css';
import './canvas.css';
import './cards/cards.css';
import {
  ConnectionLineType,
  ConnectionMode,
  type Node,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStoreApi,
} from '@xyflow/react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Id } from '../graph/index.ts';
import type { Theme } from '../picture/index.ts';
import { type Session, select, type Workspace } from '../workspace/index.ts';
import { GroupBox } from './cards/GroupBox.tsx';
import { NodeCard } from './cards/NodeCard.tsx';
import { NoteCard } from './cards/NoteCard.tsx';
import { StackCard } from './cards/StackCard.tsx';
import { StageContext, useSignal } from './context.ts';
import { createFlowNodes } from './flow-nodes.ts';
import type { Hands } from './hands.ts';
import { createLayer, type Layer } from './layer.ts';
import { createStage, type Stage } from './stage.ts';
import { createView, type Insets, ZOOM } from './view.ts';

const NODE_TYPES = { part: NodeCard, stack: StackCard, note: NoteCard, boundary: GroupBox };
const COLLECTION = { part: 'nodes', stack: 'nodes', note: 'notes', boundary: 'groups' } as const;
type CardType = keyof typeof COLLECTION;

export type CanvasProps = {
  workspace: Workspace;
  theme: Theme;
  /** What is shown about an edge that is pointed at. */
  card: (edge: Id) => ReactNode;
  /** What floats over the canvas at its edges; fitting keeps clear of it. */
  insets: () => Insets;
  onContextMenu: (at: { x: number; y: number }) => void;
};

export function Canvas(props: CanvasProps) {
  const stage = useMemo(() => createStage(props.workspace), [props.workspace]);
  return (
    <ReactFlowProvider>
      <StageContext value={stage}>
        <Board {...props} stage={stage} />
      </StageContext>
    </ReactFlowProvider>
  );
}

function Board({ workspace, theme, card, insets, stage, onContextMenu }: CanvasProps & { stage: Stage }) {
  const wrapper = useRef<HTMLDivElement>(null);
  const flow = useReactFlow();
  const over = useOver();
  const [flowNodes] = useState(createFlowNodes);
  const mounted = useSignal(stage.mounted);
  const moved = useSignal(stage.moved);
  const lit = useSignal(stage.lit);
  // not the whole state: it also changes with each answer of a source, and figures never pass through here
  const state = {
    board: workspace.use(() => workspace.shown().board),
    session: workspace.use(() => workspace.shown().session),
    readOnly: workspace.use(({ readOnly }) => readOnly),
  };
  const cards = workspace.projection().groups;
  const { tool } = state.session;
  const nodes = flowNodes(state, cards, moved, mounted, lit, over?.takenOut(state.board));
  useViewport(stage);
  useLayer(stage, theme, wrapper, over);
  const hands = useHands(stage, wrapper, over);
  useEffect(() => {
    workspace.view = createView(stage, flow, wrapper.current!, insets);
    return () => {
      workspace.view = null;
    };
  }, [workspace, stage, flow, insets]);
  useFitOnOpen(stage, state.board.id);
  const keepFocus = useFocusKept(wrapper);

  const toBoard = (event: { clientX: number; clientY: number }) =>
    workspace.view!.at([event.clientX, event.clientY]);
  const choose = (node: Node, add: boolean) => chooseCard(workspace, node, add);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      ref={wrapper}
      className="canvas"
      role="group"
      aria-label="Board"
      tabIndex={-1}
      data-tool={tool.type}
      onPointerDownCapture={(event) => hands?.nodeDrag.press(event)}
      onDoubleClick={(event) => hands?.doubleClick(event.target, toBoard(event))}
      onBlur={(event) => {
        if (event.relatedTarget) keepFocus(null);
      }}
      onFocus={(event) => {
        keepFocus(event.target);
        const element = event.target.closest<HTMLElement>('.react-flow__node');
        if (!element || event.target !== element || !element.matches(':focus-visible')) return;
        const node = nodes.find(({ id }) => id === element.dataset.id);
        if (node) choose(node, false);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        hands?.openMenu(event.target, toBoard(event), flow.getZoom());
        onContextMenu({ x: event.clientX, y: event.clientY });
      }}
    >
      <ReactFlow
        nodes={nodes}
        edges={NO_EDGES}
        nodeTypes={NODE_TYPES}
        colorMode={theme}
        minZoom={ZOOM.least}
        maxZoom={ZOOM.most}
        connectionMode={ConnectionMode.Loose}
        connectionLineType={ConnectionLineType.SmoothStep}
        connectionRadius={28}
        elementsSelectable={false}
        elevateNodesOnSelect={false}
        nodesDraggable={state.readOnly === null}
        nodesConnectable={state.readOnly === null}
        nodeDragThreshold={3}
        connectOnClick={false}
        disableKeyboardA11y
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        deleteKeyCode={null}
        panActivationKeyCode="Space"
        zoomActivationKeyCode={ZOOM_KEYS}
        panOnScroll
        zoomOnDoubleClick={false}
        panOnDrag={tool.type === 'hand' ? HAND_BUTTONS : PAN_BUTTONS}
        attributionPosition="bottom-left"
        onNodeClick={(event, node) => {
          // a note is written where it is put, on a card too
          if (tool.type === 'note') hands?.clickPane(toBoard(event), flow.getZoom(), false);
          else choose(node, event.shiftKey);
        }}
        onNodeDoubleClick={(_event, node) => {
          if (state.readOnly === null) workspace.session({ editing: editingOf(node, cards) });
        }}
        onNodeDragStart={(_event, node) => {
          if (!isSelected(workspace, node)) choose(node, false);
          hands?.nodeDrag.start(node.id);
        }}
        onNodeDrag={(event) => hands?.nodeDrag.move(event)}
        onNodeDragStop={() => hands?.nodeDrag.drop()}
        onConnect={({ source, target }) => hands?.connect(source, target)}
        onConnectEnd={(event, connection) => hands?.connectEnd(event, connection)}
        onPaneClick={(event) => hands?.clickPane(toBoard(event), flow.getZoom(), event.shiftKey)}
      >
        {over && <over.EdgeTargets />}
      </ReactFlow>
      {over && (
        <over.Minimap
          theme={theme}
          onPan={([x, y]) => void flow.setCenter(x, y, { zoom: flow.getZoom(), duration: 0 })}
        />
      )}
      {over && <over.EdgeCardPlace card={card} insets={insets} />}
    </div>
  );
}

const NO_EDGES: never[] = [];
const PAN_BUTTONS = [1];
const HAND_BUTTONS = [0, 1];
const ZOOM_KEYS = ['Control', 'Meta'];

/** A card that stands for a group is renamed as the group. */
function editingOf({ id, type }: Node, cards: ReadonlyMap<Id, Id>): Session['editing'] {
  const group = cards.get(id);
  if (group !== undefined) return { type: 'groups', id: group };
  return { type: COLLECTION[type as CardType], id };
}

function isSelected(workspace: Workspace, { id, type }: Node): boolean {
  return workspace.shown().session.selection[COLLECTION[type as CardType]].has(id);
}

function chooseCard(workspace: Workspace, { id, type }: Node, add: boolean): void {
  const { selection } = workspace.shown().session;
  const collection = COLLECTION[type as CardType];
  if (!add) return workspace.select(select({ [collection]: [id] }));
  const ids = new Set(selection[collection]);
  if (!ids.delete(id)) ids.add(id);
  workspace.select({ ...selection, [collection]: ids });
}

type Over = typeof import('./over.ts');

/** Null till it is there; where it can't be had the page says so about its other parts, once. */
function useOver(): Over | null {
  const [over, setOver] = useState<Over | null>(null);
  useEffect(() => {
    import('./over.ts').then(setOver, () => {});
  }, []);
  return over;
}

/** React Flow's viewport, handed on without rendering anything. */
function useViewport(stage: Stage): void {
  const store = useStoreApi();
  useEffect(() => {
    const read = () => {
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      const last = stage.viewport.get();
      const same =
        last.x === x && last.y === y && last.zoom === zoom && last.width === width && last.height === height;
      if (!same) stage.viewport.set({ x, y, zoom, width, height });
    };
    read();
    return store.subscribe(read);
  }, [store, stage]);
}

/** The painted layer lies under React Flow's own layers, inside the same wrapper. */
function useLayer(
  stage: Stage,
  theme: Theme,
  wrapper: { current: HTMLDivElement | null },
  over: Over | null,
): void {
  const layer = useRef<Layer | null>(null);
  const first = useRef(theme);
  useEffect(() => {
    const canvas = document.createElement('canvas');
    canvas.className = 'canvas-layer';
    canvas.setAttribute('aria-hidden', 'true');
    wrapper.current!.prepend(canvas);
    layer.current = createLayer(canvas, stage, first.current);
    return () => {
      layer.current?.destroy();
      canvas.remove();
    };
  }, [stage, wrapper]);
  useEffect(() => layer.current?.setTheme(theme), [theme]);
  useEffect(() => {
    if (over) layer.current?.setOver(over);
  }, [over]);
}

function useHands(
  stage: Stage,
  wrapper: { current: HTMLDivElement | null },
  over: Over | null,
): Hands | null {
  const [hands, setHands] = useState<Hands | null>(null);
  useEffect(() => {
    if (!over) return;
    const made = over.createHands(wrapper.current!, stage);
    setHands(made);
    return () => made.destroy();
  }, [stage, wrapper, over]);
  return hands;
}

/** When what has the focus goes from the board, as what is deleted does, the board itself has it. */
function useFocusKept(wrapper: { current: HTMLDivElement | null }): (focused: Element | null) => void {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    if (!last.current || last.current.isConnected) return;
    last.current = null;
    if (document.activeElement === document.body) wrapper.current?.focus({ preventScroll: true });
  });
  return (focused) => {
    last.current = focused;
  };
}

/** A board that is opened is shown whole, once the page knows its own size. */
function useFitOnOpen(stage: Stage, board: Id): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another board is what it waits for
  useEffect(() => {
    let done = false;
    const fitOnce = () => {
      if (done || stage.viewport.get().width === 0) return;
      done = true;
      stage.workspace.view?.fit(undefined, false);
    };
    fitOnce();
    return stage.viewport.subscribe(fitOnce);
  }, [stage, board]);
}
