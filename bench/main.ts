/**
 * `npm run bench`: what speed is promised, measured beside others in the same run. Only ratios carry over to
 * another machine; a bare time means nothing.
 *
 *   npm run bench                    everything
 *   npm run bench -- canvas png      some of it; canvas-5000 is a part of canvas
 *   npm run bench -- --json          for programs
 */
import { CANVAS } from './canvas.ts';
import { chartsRows } from './charts.ts';
import { DIVIDE } from './divide.ts';
import { HANDS } from './hands.ts';
import { ingestRows } from './ingest.ts';
import { layoutRows } from './layout.ts';
import { pngRows } from './png.ts';
import { pollRows } from './poll.ts';
import type { Row } from './row.ts';
import { SCRUB } from './scrub.ts';
import { startRows } from './start.ts';

const PARTS: Record<string, () => Promise<Row[]>> = {
  start: startRows,
  png: pngRows,
  layout: layoutRows,
  ingest: ingestRows,
  poll: pollRows,
  charts: chartsRows,
  ...CANVAS,
  ...HANDS,
  ...SCRUB,
  ...DIVIDE,
};

/** Characters of each column. */
const WIDTHS = [46, 12, 12, 16, 12, 14, 8];

const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isCalled = (name: string, word: string) => name === word || name.startsWith(`${word}-`);
const unknown = asked.filter((word) => !Object.keys(PARTS).some((name) => isCalled(name, word)));
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}

const asJson = process.argv.includes('--json');
const rows: Row[] = [];
for (const [name, measure] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.some((word) => isCalled(name, word))) continue;
  const found = await measure();
  rows.push(...found);
  if (!asJson) printTable(found);
}

if (asJson) console.log(JSON.stringify(rows, null, 2));
if (rows.some(({ ok }) => !ok)) process.exitCode = 1;

function printTable(all: readonly Row[]): void {
  const figure = (value: number) => value.toFixed(value < 10 ? 1 : 0);
  const lines = all.map((row) => [
    row.name,
    `${figure(row.ours)} ${row.unit}`,
    `${figure(row.peer)} ${row.unit}`,
    row.peerName,
    `${row.ratio.toFixed(2)} ×`,
    row.bar,
    row.bar === 'none' ? '' : row.ok ? 'met' : 'NOT MET',
  ]);
  const head = ['what', 'ours', 'peer', 'which', 'ours ÷ peer', 'bar', ''];
  for (const line of rows.length === all.length ? [head, ...lines] : lines)
    console.log(
      line
        .map((text, column) => text.padEnd(WIDTHS[column]!))
        .join('  ')
        .trimEnd(),
    );
}
