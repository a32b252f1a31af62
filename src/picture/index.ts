/**
 * The one drawing: what a board looks like, shared by the screen, exports, the command line and golden tests.
 * First the vocabulary (colours, type, icons, outlines, faces of cards and edges, chalk), then the writer of
 * SVG text. Pure: no clock, no randomness, no network, no DOM.
 */
export * from './chalk.ts';
export { chosen, within } from './chosen.ts';
export { type DrawInput, type Drawing, drawBoard } from './draw-board.ts';
export type { EmbeddedFont } from './draw-ground.ts';
export * from './edge-face.ts';
export * from './icons.ts';
export * from './instance-face.ts';
export { LINE_COLOURS } from './line-colours.ts';
export * from './node-face.ts';
export * from './note-face.ts';
export * from './out-face.ts';
export { arrowCorners, traceRounded } from './path.ts';
export * from './scale.ts';
export * from './tokens.ts';
export * from './type.ts';
