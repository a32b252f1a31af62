/** cytoscape.js with its default renderer, labels on edges, positions as given. */
import cytoscape from 'cytoscape';
import { type Board, sizeOfKind } from '../../src/graph/index.ts';
import { type Contender, FAR, isWorse, latencyOf, ZOOM } from './contender.ts';

export async function create(root: HTMLElement, board: Board): Promise<Contender> {
  Object.assign(root.style, { position: 'fixed', inset: '0' });
  const graph = cytoscape({
    container: root,
    minZoom: 0.02,
    elements: {
      nodes: Object.values(board.nodes).map(({ id, name, kind, position: [x, y] }) => ({
        data: { id, name, ...sizeOfKind(kind) },
        position: { x, y },
      })),
      edges: Object.values(board.edges).map(({ id, source, target }, i) => ({
        data: { id, source, target, label: `${latencyOf(i, 0)} ms`, colour: '#888' },
      })),
    },
    style: [
      {
        selector: 'node',
        style: {
          label: 'data(name)',
          width: 'data(width)',
          height: 'data(height)',
          shape: 'round-rectangle',
          'text-valign': 'center',
        },
      },
      { selector: 'node:selected', style: { 'background-color': '#1f6feb' } },
      {
        selector: 'edge',
        style: {
          label: 'data(label)',
          'line-color': 'data(colour)',
          'target-arrow-shape': 'triangle',
          'curve-style': 'bezier',
          width: 1.5,
        },
      },
    ],
    layout: { name: 'preset' },
  });
  graph.elements().panify();
  graph.autoungrabify(true);
  const edges = graph.edges();
  const past: (() => void)[] = [];
  return {
    look(at) {
      if (at === 'fit') graph.fit();
      else graph.zoom({ level: ZOOM[at], renderedPosition: { x: innerWidth / 2, y: innerHeight / 2 } });
    },
    update: (round) =>
      graph.batch(() => {
        edges.forEach((edge, i) => {
          edge.data({ label: `${latencyOf(i, round)} ms`, colour: isWorse(i, round) ? '#b3261e' : '#888' });
        });
      }),
    keys: {
      select: () => void graph.elements().select(),
      deselect: () => void graph.elements().unselect(),
      move() {
        graph.nodes().shift('x', FAR);
        past.push(() => graph.nodes().shift('x', -FAR));
      },
      delete() {
        const all = graph.elements().remove();
        past.push(() => all.restore());
      },
      undo: () => past.pop()!(),
    },
  };
}
