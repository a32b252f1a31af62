/** The rules of the house, held against every source file; and proof that the checker can fail. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { violations } from './house/check.ts';
import { ROOMS } from './house/rules.ts';

const root = join(import.meta.dirname, '..');
const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

test('src keeps the rules of the house', () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(violations(sources)).toEqual([]);
});

test('no room reaches itself through the table', () => {
  const reach = (room: string, seen: Set<string>): Set<string> => {
    for (const next of ROOMS[room] ?? []) if (!seen.has(next)) reach(next, seen.add(next));
    return seen;
  };
  expect(Object.keys(ROOMS).filter((room) => reach(room, new Set()).has(room))).toEqual([]);
});

/** A house in which all is well but for what is put in. */
function house(files: Record<string, string>): string[] {
  const faces = Object.keys(ROOMS).map((room) => [`src/${room}/index.ts`, '/** A room. */\n']);
  const all: Record<string, string> = { ...Object.fromEntries(faces), ...files };
  return violations(Object.entries(all).map(([path, text]) => ({ path, text })));
}

test('a house in order has no violations', () => {
  expect(
    house({
      'src/analysis/a.ts': `
        import { type Board } from '../graph/index.ts';
        import * as z from 'zod/mini';
        export const year = (at: number, window: Window) => new Date(at).getFullYear() + window.document;
        export const f = ({ location }: { location: string }) => ({ location, fetch: location, Date: z });
        export const g = (board: Board) => board.window.performance;
        for (const document of []) console.log(document);
      `,
      'src/app/main.tsx': `
        import { layout } from '../layout/browser.ts';
        export const worker = new Worker(new URL('../formats/worker.ts', import.meta.url));
        setTimeout(() => layout, Date.now());
      `,
      'src/layout/browser.ts':
        "import Elk from 'elkjs/lib/elk-worker.min.js?worker'; export const layout = Elk;",
      'src/formats/worker.ts': 'self.onmessage = () => postMessage(1);',
      'src/picture/font-widths.ts': '1;\n'.repeat(900),
    }),
  ).toEqual([]);
});

test.each([
  ['a room that is not in the row', 'src/graph/a.ts', "import { x } from '../analysis/index.ts';"],
  ['a type of such a room', 'src/canvas/a.ts', "import type { X } from '../telemetry/index.ts';"],
  ['an inline type import', 'src/canvas/a.ts', "export type X = import('../telemetry/index.ts').X;"],
  [
    'an import typed deep down',
    'src/canvas/a.ts',
    "export const f = (x: { y: import('../sync/index.ts').X }) => x;",
  ],
  ['a re-export', 'src/graph/a.ts', "export * from '../formats/index.ts';"],
  ['a re-exported name', 'src/graph/a.ts', "export { x } from '../formats/index.ts';"],
  ['a lazy import', 'src/panels/a.tsx', "const x = () => import('../layout/index.ts');"],
  ['an import of what is computed', 'src/panels/a.tsx', 'const x = (y: string) => import(y);'],
  ['a file past the face', 'src/canvas/a.ts', "import { x } from '../graph/schema.ts';"],
  ['an entry for another room', 'src/cli/a.ts', "import { x } from '../layout/browser.ts';"],
  ['a worker past the face', 'src/app/a.ts', "new Worker(new URL('../telemetry/poll.ts', import.meta.url));"],
  ['a file outside of src', 'src/app/a.ts', "import { x } from '../../test/house/rules.ts';"],
  ['the server in the app', 'src/app/a.ts', "import { x } from '../server/index.ts';"],
  ['React in the workspace', 'src/workspace/a.ts', "import { useState } from 'react';"],
  ['React in the picture', 'src/picture/a.tsx', "import { renderToString } from 'react-dom/server';"],
  ['React Flow in the panels', 'src/panels/a.tsx', "import { Handle } from '@xyflow/react';"],
  ['ELK in the app', 'src/app/a.ts', "import ELK from 'elkjs/lib/elk.bundled.js';"],
  ['zustand in the canvas', 'src/canvas/a.ts', "import { create } from 'zustand';"],
  ['Yjs in the workspace', 'src/workspace/a.ts', "import * as Y from 'yjs';"],
  ['Node in a browser room', 'src/formats/a.ts', "import { inflateSync } from 'node:zlib';"],
  ['the clock', 'src/graph/a.ts', 'export const now = () => Date.now();'],
  ['the clock by brackets', 'src/graph/a.ts', "export const now = () => Date['now']();"],
  ['the clock, handed on', 'src/graph/a.ts', 'export const { at = Date.now } = {} as { at?: () => number };'],
  ['the present date', 'src/analysis/a.ts', 'export const now = () => new Date();'],
  ['the present date as text', 'src/analysis/a.ts', 'export const now = () => Date();'],
  ['chance', 'src/picture/a.ts', 'export const jitter = () => Math.random();'],
  ['the network', 'src/formats/a.ts', "export const get = () => fetch('x');"],
  ['the screen', 'src/picture/a.ts', "export const make = () => document.createElement('a');"],
  ['the screen, cast', 'src/picture/a.ts', 'export const w = () => (window as never as Set<1>).size;'],
  ['the screen beside a local name', 'src/graph/a.ts', 'export const f = (window: 1) => window; f(window);'],
  ['a shorthand', 'src/graph/a.ts', 'export const env = { performance };'],
  ['a timer', 'src/formats/a.ts', 'export const wait = () => setTimeout(() => {}, 1);'],
  ['everything there is', 'src/graph/a.ts', 'export const all = () => globalThis;'],
  ['a long file', 'src/server/a.ts', '1;\n'.repeat(301)],
  ['a file in no room', 'src/utils/index.ts', '/** Everything else. */'],
  ['a room that says nothing of itself', 'src/sync/index.ts', 'export const x = 1;'],
  ['a file that imports itself', 'src/graph/a.ts', "import type { A } from './a.ts'; export type B = A;"],
])('%s is noticed', (_, path, text) => {
  expect(house({ [path]: text })).toHaveLength(1);
});

test('a circle through types and several files is noticed', () => {
  const found = house({
    'src/graph/a.ts': "import { b } from './b.ts'; export const a = b;",
    'src/graph/b.ts': "export { c as b } from './c.ts';",
    'src/graph/c.ts': "import type { A } from './a.ts'; export const c: A = 1;",
  });
  expect(found).toEqual([
    'imports in a circle: src/graph/a.ts → src/graph/b.ts → src/graph/c.ts → src/graph/a.ts',
  ]);
});
