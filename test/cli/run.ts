/** The real program, started as a shell starts it, in a folder of its own. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, vi } from 'vitest';
import { type Board, loadBoard } from '../../src/graph/index.ts';

const root = join(import.meta.dirname, '..', '..');
const bin = join(root, 'bin', 'chalkline.mjs');

// a program takes a while to start where many tests are run at once
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** Of no account on Unix, by custom. */
const NOBODY = { uid: 65_534, gid: 65_534 };

export type Run = { status: number | null; out: string; bytes: Buffer; err: string };

async function start(
  program: string,
  args: readonly string[],
  folder: string,
  input: string,
  as: { uid?: number; gid?: number } = {},
): Promise<Run> {
  const env = { ...process.env, PATH: `${folder}/.bin${delimiter}${process.env.PATH}` };
  const child = spawn(program, args, { cwd: folder, env, ...as });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const status = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.on('error', () => {});
  const [bytes, err] = await Promise.all([buffer(child.stdout), buffer(child.stderr)]);
  return { status: await status, out: bytes.toString(), bytes, err: err.toString() };
}

/** A folder with these files (name → text, or a fixture of the formats' by `@name`), gone after the tests. */
export function workplace(files: Record<string, string | Uint8Array>) {
  const folder = mkdtempSync(join(tmpdir(), 'chalkline-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    if (typeof content === 'string' && content.startsWith('@'))
      cpSync(join(root, 'test/fixtures/formats', content.slice(1)), join(folder, name));
    else writeFileSync(join(folder, name), content);
  }
  return {
    folder,
    chalkline: (...args: string[]) => start(process.execPath, [bin, ...args], folder, ''),
    /** With this on standard input. */
    fed: (input: string, ...args: string[]) => start(process.execPath, [bin, ...args], folder, input),
    /** By a Node that reads no TypeScript. */
    plain: (...args: string[]) =>
      start(process.execPath, ['--no-experimental-strip-types', bin, ...args], folder, ''),
    /** By somebody to whom not everything is allowed. */
    humbly: (...args: string[]) =>
      start(process.execPath, [bin, ...args], folder, '', process.getuid?.() === 0 ? NOBODY : {}),
    /** A line for the shell, in which `chalkline` is a command. */
    shell(line: string) {
      const command = `chalkline() { "${process.execPath}" "${bin}" "$@"; }\n${line}`;
      return start('sh', ['-c', command], folder, '');
    },
    text: (name: string) => readFileSync(join(folder, name), 'utf8'),
    board: (name: string) => boardIn(readFileSync(join(folder, name), 'utf8')),
  };
}

/** The board that a text is, which must be one without a fault. */
export function boardIn(text: string): Board {
  const loaded = loadBoard(JSON.parse(text), 'none');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded));
  return loaded.board;
}

export const names = (board: Board): string[] =>
  Object.values(board.nodes)
    .map(({ name }) => name)
    .sort();

export const COMPOSE = `services:
  web:
    image: nginx:1.27
    depends_on: [shop]
  shop:
    image: example/shop
    environment:
      DATABASE_URL: postgres://db:5432/shop
  db:
    image: postgres:16
`;
