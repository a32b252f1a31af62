import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { TOKENS } from '../../src/picture/tokens.ts';

const root = join(import.meta.dirname, '..', '..');

it('paints the first frame in the colours of the tokens', () => {
  const [light = '', dark = ''] = readFileSync(join(root, 'public/shell.css'), 'utf8').split('@media');
  for (const [css, tokens] of [
    [light, TOKENS.light],
    [dark, TOKENS.dark],
  ] as const) {
    const colours = Object.fromEntries(
      [...css.matchAll(/--shell-(\w+): ([^;]+);/g)].map((match) => match.slice(1)),
    );
    const { board, surface, line, ink } = tokens;
    expect(colours).toEqual({ board, surface, line, ink });
  }
});

it('holds no inline script, style or handler, which the security policy would refuse', () => {
  const html = readFileSync(join(root, 'index.html'), 'utf8');
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
});
