/** The least that shows a board of 50 nodes: React and React Flow, nothing of ours. */
import '@xyflow/react/dist/style.css';
import { ReactFlow } from '@xyflow/react';
import { createRoot } from 'react-dom/client';
import { randomBoard } from '../graphs.ts';
import { edgesOf, nodesOf } from './flow-board.ts';

const board = randomBoard(50, 1.6, 1);
createRoot(document.getElementById('root')!).render(
  <div style={{ position: 'fixed', inset: 0 }}>
    <ReactFlow defaultNodes={nodesOf(board)} defaultEdges={edgesOf(board)} fitView />
  </div>,
);
