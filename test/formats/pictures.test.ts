import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeFaults, embedInPng, embedInSvg, FORMATS } from '../../src/formats/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { bytesOf, drop, fixture, opened, refused, textOf } from './drop.ts';

const pixels = fixture('pixels.png');
const drawing =
  '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" aria-label="a > b"><title>x</title></svg>';
const board = opened('shop.board.json', fixture('shop.board.json')).board;

test('a board comes back from its JSON, its PNG and its SVG as it was', () => {
  const writeJson = FORMATS.find(({ id }) => id === 'board')!.write!;
  fc.assert(
    fc.property(boardArbitrary(), (written) => {
      const files = {
        board: bytesOf(writeJson(written)),
        png: embedInPng(pixels, written),
        svg: bytesOf(embedInSvg(drawing, written)),
      };
      for (const [format, bytes] of Object.entries(files))
        expect(drop('any name', bytes)).toEqual({
          ok: true,
          format,
          board: written,
          readings: [],
          repairs: [],
          whole: true,
        });
    }),
  );
});

test('a picture holds one board: embedding again replaces it', () => {
  const other = { ...board, title: 'Other' };
  expect(embedInPng(embedInPng(pixels, other), board)).toEqual(embedInPng(pixels, board));
  expect(embedInSvg(embedInSvg(drawing, other), board)).toBe(embedInSvg(drawing, board));
});

test('the picture itself is not touched', () => {
  const embedded = embedInPng(pixels, board);
  const end = pixels.length - 12;
  expect(embedded.subarray(0, end)).toEqual(pixels.subarray(0, end));
  expect(embedded.subarray(-12)).toEqual(pixels.subarray(end));
  const svg = embedInSvg(drawing, board);
  expect(svg.replace(/<metadata.*<\/metadata>/s, '')).toBe(drawing);
});

test('board text inside an SVG is only text', () => {
  const evil = { ...board, title: ']]></metadata><script>alert(1)</script>&amp;\u0000\ufffe' };
  const svg = embedInSvg(drawing, evil);
  expect(svg).not.toContain('<script');
  expect(opened('a.svg', svg).board.title).toBe(evil.title);
});

test('an SVG that another program saved again still opens', () => {
  const json = JSON.stringify(board);
  const wrap = (metadata: string) => `<!-- x --><svg><g/>${metadata}</svg>`;
  const open = "<metadata\n  class='x' id = 'chalkline-board' >";
  expect(opened('a.svg', wrap(`${open}\n<![CDATA[${json}]]>\n</metadata>`)).board).toEqual(board);
  const referenced = json.replace(/"/g, '&#34;').replace(/S/g, '&#x53;');
  expect(opened('a.svg', wrap(`${open}${referenced}</metadata >`)).board).toEqual(board);
});

test('pictures without a board say so', () => {
  expect(refused('a.png', pixels).reason).toContain('holds no board');
  expect(refused('a.svg', drawing).reason).toContain('holds no board');
  expect(refused('a.svg', '<html></html>').reason).toContain('not an SVG');
});

test('a damaged board in a picture is refused with its chunk', () => {
  const damaged = embedInPng(pixels, board).slice();
  const at = damaged.length - 40;
  damaged[at] = damaged[at]! ^ 1;
  expect(refused('a.png', damaged)).toEqual({
    file: 'a.png',
    path: 'chunk iTXt chalkline-board',
    reason: 'the board in this picture is damaged or cut off',
  });
});

test('what is not a picture can carry no board', () => {
  expect(() => embedInPng(bytesOf('GIF89a'), board)).toThrow(RangeError);
  expect(() => embedInSvg('<html/>', board)).toThrow(RangeError);
  const huge = { ...board, title: 'x'.repeat(9_000_000) };
  expect(() => embedInPng(pixels, huge)).toThrow(/9 MB/);
  expect(() => embedInSvg(drawing, huge)).toThrow(/9 MB/);
});

test('a board from a newer version opens to be read only', () => {
  const newer = { ...JSON.parse(textOf(fixture('shop.board.json'))), schema: 99 };
  const read = opened('a.json', JSON.stringify(newer));
  expect(read).toMatchObject({ readOnly: true, whole: true });
  expect(read.repairs[0]!.reason).toContain('newer');
});

test('faults are told in one sentence', () => {
  const fault = { file: 'a.json', path: '3:5', reason: 'the file ends too early' };
  expect(describeFaults([fault])).toBe('a.json can’t be read, at 3:5: the file ends too early.');
  expect(describeFaults([{ ...fault, path: '' }, fault])).toBe(
    'a.json can’t be read: the file ends too early (and 1 more).',
  );
});
