/** The board in an address: whole or refused, whatever became of it on the way. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatOf } from '../../src/formats/index.ts';
import { emptyBoard, serializeBoard } from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { bytesOf, drop, opened, refused } from './drop.ts';

const LINK = formatOf('link')!;
const write = LINK.write!;
const linkOf = (bytes: Uint8Array) => `#board=${Buffer.from(bytes).toString('base64url')}`;

it('opens as the same board behind any address, and between spaces', () => {
  fc.assert(
    fc.property(boardArbitrary(), (board) => {
      const link = write(board);
      expect(link).toMatch(/^#board=[\w-]+$/);
      for (const text of [link, `https://chalk.example/a?b=c${link}`, ` http://localhost:8080/${link}).\n`]) {
        const read = opened('pasted', text);
        expect(read).toMatchObject({ format: 'link', whole: true, repairs: [] });
        expect(serializeBoard(read.board)).toBe(serializeBoard(board));
      }
    }),
    { numRuns: 40 },
  );
});

it('is refused with its place and what to do when it was cut off or changed on the way', () => {
  fc.assert(
    fc.property(boardArbitrary(), fc.nat(), fc.nat(), (board, place, by) => {
      const link = write(board);
      const at = '#board='.length + (place % (link.length - '#board='.length));
      const fault = refused('pasted', link.slice(0, at));
      expect(fault).toMatchObject({ path: 'the text behind #board=' });
      expect(fault.reason).toMatch(/damaged/);
      const bytes = Buffer.from(link.slice('#board='.length), 'base64url');
      // behind the header, which says nothing of the board
      const flipped = 10 + (place % (bytes.length - 10));
      bytes[flipped] = bytes[flipped]! ^ (1 << (by % 8));
      const read = drop('pasted', linkOf(bytes));
      if (read.ok) expect(serializeBoard(read.board)).toBe(serializeBoard(board));
    }),
    { numRuns: 100 },
  );
});

it('refuses what is no board, letters that no link has, and a bomb before it is one', () => {
  expect(refused('pasted', '#board=').reason).toMatch(/damaged/);
  expect(refused('pasted', '#board=a!b').reason).toMatch(/letters that no such link has/);
  expect(refused('pasted', linkOf(gzipSync(bytesOf('{"nodes":3}')))).path).not.toBe('');
  const bomb = linkOf(gzipSync(new Uint8Array(100_000_000)));
  const started = performance.now();
  expect(refused('pasted', bomb).reason).toMatch(/unpacks to more than 8 MB/);
  expect(performance.now() - started).toBeLessThan(2000);
  const deep = linkOf(gzipSync(bytesOf('['.repeat(100_000))));
  expect(refused('pasted', deep).reason).toMatch(/brackets nest/);
});

it('says twenty parts in less than two kilobytes', () => {
  const board = emptyBoard('b', 'Twenty');
  for (let i = 0; i < 20; i++)
    board.nodes[`n${i}`] = { id: `n${i}`, name: `service ${i}`, kind: 'service', position: [i * 200, 0] };
  expect(write(board).length).toBeLessThan(2000);
});
