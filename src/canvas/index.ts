/** Shows the board in React Flow and turns gestures into commands. */
export { Canvas } from './Canvas.tsx';
