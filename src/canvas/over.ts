/** What lies over the painted board: fetched when the board is seen, so that it need not wait. */
export { EdgeTargets } from './EdgeTargets.tsx';
export { Minimap } from './Minimap.tsx';
