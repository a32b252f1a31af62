/** The layout engine with ELK in a worker: a file of its own, so that it loads when a layout is near. */
import { createElk } from '../layout/browser.ts';
import { createLayoutEngine, type LayoutEngine } from '../layout/index.ts';

export const createEngine = (): LayoutEngine => createLayoutEngine({ createElk });
