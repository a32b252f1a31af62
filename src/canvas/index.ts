/** Shows the board in React Flow and turns gestures into commands. */
export { Canvas, type CanvasProps } from './Canvas.tsx';
