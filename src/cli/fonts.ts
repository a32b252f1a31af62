/** The faces that pictures are set in: as an SVG carries them, and as resvg takes them, TrueType out of WOFF. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { EmbeddedFont } from '../picture/index.ts';

const EMBEDDED = [
  {
    family: 'Inter Variable',
    weight: '100 900',
    file: '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  },
  {
    family: 'JetBrains Mono',
    weight: '500',
    file: '@fontsource/jetbrains-mono/files/jetbrains-mono-latin-500-normal.woff2',
  },
];
const SUBSETS = ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese'];
/** Each with the family that pictures ask for. */
const FACES: readonly (readonly [family: string, file: string])[] = [
  ...SUBSETS.flatMap((subset) =>
    [400, 500, 600].map(
      (weight) => ['Inter', `@fontsource/inter/files/inter-${subset}-${weight}-normal.woff`] as const,
    ),
  ),
  ['JetBrains Mono', '@fontsource/jetbrains-mono/files/jetbrains-mono-latin-500-normal.woff'],
];

/** The faces that an SVG carries, so that it looks the same where they are not installed. */
export async function embeddedFonts(): Promise<EmbeddedFont[]> {
  const { resolve } = createRequire(import.meta.url);
  return Promise.all(
    EMBEDDED.map(async ({ family, weight, file }) => {
      const data = await readFile(resolve(file), 'base64');
      return { family, weight, dataUri: `data:font/woff2;base64,${data}` };
    }),
  );
}

/** Lays the faces out as files for as long as `draw` takes. */
export async function withFonts<T>(draw: (files: string[]) => T): Promise<T> {
  const { resolve } = createRequire(import.meta.url);
  const folder = await mkdtemp(join(tmpdir(), 'chalkline-fonts-'));
  try {
    const files = await Promise.all(
      FACES.map(async ([family, face], i) => {
        const file = join(folder, `${i}.ttf`);
        await writeFile(file, sfntOf(await readFile(resolve(face)), family));
        return file;
      }),
    );
    return draw(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * WOFF 1.0 (W3C, 2012) → the font that it packs: the same tables, inflated, in the same order, but for its names. Cut to
 * one weight and one script a font calls itself by a family of its own (“Inter SemiBold”); what it is asked for by
 * is the family, with the weight beside it.
 */
function sfntOf(woff: Buffer, family: string): Uint8Array {
  const [flavor, count] = [woff.readUInt32BE(4), woff.readUInt16BE(12)];
  const head = Buffer.alloc(12 + 16 * count);
  const exponent = Math.floor(Math.log2(count));
  head.writeUInt32BE(flavor, 0);
  [count, 16 << exponent, exponent, 16 * (count - (1 << exponent))].forEach((value, i) => {
    head.writeUInt16BE(value, 4 + 2 * i);
  });
  const parts: Uint8Array[] = [head];
  let end = head.length;
  for (let i = 0; i < count; i++) {
    const entry = 44 + 20 * i;
    const [offset, packed, unpacked, checksum] = [4, 8, 12, 16].map((field) =>
      woff.readUInt32BE(entry + field),
    ) as [number, number, number, number];
    const isNames = woff.toString('latin1', entry, entry + 4) === 'name';
    const stored = woff.subarray(offset, offset + packed);
    const table = isNames ? namesOf(family) : packed < unpacked ? inflateSync(stored) : stored;
    const { length } = table;
    const at = 12 + 16 * i;
    woff.copy(head, at, entry, entry + 4);
    [checksum, end, length].forEach((value, field) => {
      head.writeUInt32BE(value, at + 4 + 4 * field);
    });
    const padding = Buffer.alloc((4 - (length % 4)) % 4);
    parts.push(table, padding);
    end += length + padding.length;
  }
  return Buffer.concat(parts);
}

/** A table of names (OpenType, `name`, version 0): the family, in English, as Windows and Unix read it. */
function namesOf(family: string): Buffer {
  const text = Buffer.from(family, 'utf16le').swap16();
  const ids = [1, 2, 4, 6];
  const table = Buffer.alloc(6 + 12 * ids.length);
  table.writeUInt16BE(ids.length, 2);
  table.writeUInt16BE(table.length, 4);
  for (const [i, id] of ids.entries())
    [3, 1, 0x409, id, text.length, 0].forEach((value, field) => {
      table.writeUInt16BE(value, 6 + 12 * i + 2 * field);
    });
  return Buffer.concat([table, text]);
}
