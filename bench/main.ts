/**
 * `npm run bench`: what speed is promised, measured beside others in the same run. Only ratios carry over to
 * another machine; a bare time means nothing.
 *
 *   npm run bench                    everything
 *   npm run bench -- canvas png      some of it
 *   npm run bench -- --json          for programs
 */
import { canvasRows } from './canvas.ts';
import { layoutRows } from './layout.ts';
import { pngRows } from './png.ts';
import type { Row } from './row.ts';
import { startRows } from './start.ts';

const PARTS: Record<string, () => Promise<Row[]>> = {
  start: startRows,
  png: pngRows,
  layout: layoutRows,
  canvas: canvasRows,
};

const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = asked.filter((word) => !(word in PARTS));
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}

const rows: Row[] = [];
for (const name of asked.length > 0 ? asked : Object.keys(PARTS)) {
  console.error(`${name} …`);
  rows.push(...(await PARTS[name]!()));
}

if (process.argv.includes('--json')) console.log(JSON.stringify(rows, null, 2));
else printTable(rows);
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
  const table = [['what', 'ours', 'peer', 'which', 'ours ÷ peer', 'bar', ''], ...lines];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  for (const line of table)
    console.log(
      line
        .map((text, column) => text.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    );
}
