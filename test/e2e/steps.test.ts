/** docs/steps.md says in how many steps the README's system is sketched: ours are really pressed, all are counted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Board } from '../../src/graph/index.ts';
import { sketched } from '../formats/sketching.ts';
import { root } from './build.ts';
import { oneBrowser } from './driver.ts';
import { LETTERS, OURS, spelled, WAYS } from './steps.ts';

const page = readFileSync(join(root, 'docs/steps.md'), 'utf8');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

const linesOf = ({ nodes, edges }: Board) => ({
  parts: Object.values(nodes)
    .map(({ name, kind, technology }) => `${name}: ${kind}, ${technology ?? ''}`)
    .sort(),
  edges: Object.values(edges)
    .map(({ source, kind, target }) => `${nodes[source]!.name} ${kind} ${nodes[target]!.name}`)
    .sort(),
});
const example = /```sketch\n(.*?)```/s.exec(readme)![1]!.replace(/^ +/gm, '');
const wanted = linesOf(sketched(example).board);

test('the README has a system of ten parts, each of its kind', () => {
  expect(wanted).toEqual({
    parts: [
      'browser: client, browser',
      'catalog: service, ',
      'checkout: service, ',
      'mail-worker: worker, ',
      'nginx: gateway, nginx',
      'orders: topic, ',
      'payments: service, ',
      'postgres: database, PostgreSQL',
      'redis: cache, Redis',
      'stripe: external, Stripe',
    ],
    edges: [
      'browser call nginx',
      'catalog query postgres',
      'catalog query redis',
      'checkout call payments',
      'checkout publish orders',
      'checkout query postgres',
      'checkout query redis',
      'nginx call catalog',
      'nginx call checkout',
      'orders consume mail-worker',
      'payments call stripe',
    ],
  });
});

describe('key by key into an empty board', () => {
  const open = oneBrowser();
  test.each(Object.entries(OURS))('%s', async (tool, steps) => {
    const chalkline = await open();
    await chalkline.newBoard();
    const bar = chalkline.page.getByRole('combobox', { name: 'Sketch, find or do' });
    let sent = 0;
    for (const { by, what } of steps) {
      expect(by).toBe('key');
      // what a person looks at before these keys
      if (what === 'Tab') await chalkline.page.getByText('Tab', { exact: true }).waitFor();
      if (what === 'Enter')
        await chalkline.page.getByRole('option', { name: /^Draw 10 parts, 11 edges/ }).waitFor();
      await chalkline.press(what);
      sent++;
      if (what === 'Control+k') await bar.waitFor();
    }
    await bar.waitFor({ state: 'detached' });
    expect(linesOf(await chalkline.boardJson())).toEqual(wanted);
    expect(
      tablesOf(page)
        .flat()
        .find((row) => row[0] === tool)?.[1],
    ).toBe(String(sent));
  });
});

/** Rows of every table, without its head; cells as text without emphasis. */
function tablesOf(text: string): string[][][] {
  return [...text.matchAll(/(?:^\|.*\|\n)+/gm)].map(([table]) =>
    table
      .trim()
      .split('\n')
      .slice(2)
      .map((row) =>
        row
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim().replaceAll('**', '')),
      ),
  );
}

type Counting = 'total' | 'beside';
const countOf = (steps: (typeof WAYS)[number]['steps']) => {
  const names = steps.filter((step) => step.names).length;
  return { total: steps.length, names, beside: steps.length - names };
};

/** Fewest steps of ours, of the others, and their ratio. */
function compared(kinds: boolean, counting: Counting): string[] {
  const fewest = (ours: boolean) =>
    Math.min(
      ...WAYS.filter((way) => way.kinds === kinds && way.tool.startsWith('Chalkline') === ours).map(
        ({ steps }) => countOf(steps)[counting],
      ),
    );
  const ratio = fewest(true) / fewest(false);
  return [`${fewest(true)}`, `${fewest(false)}`, ratio.toFixed(2), ratio < 0.5 ? 'yes' : 'no'];
}

describe('the page', () => {
  const [withKinds, bare, goal] = tablesOf(page);

  test('counts every way as it is written out', () => {
    for (const [kinds, rows] of [
      [true, withKinds],
      [false, bare],
    ] as const)
      expect(rows).toEqual(
        WAYS.filter((way) => way.kinds === kinds).map(({ tool, steps }) => {
          const { total, names, beside } = countOf(steps);
          return [tool, `${total}`, `${names}`, `${beside}`];
        }),
      );
    expect(page).toContain(`The ten names have ${LETTERS} letters`);
  });

  test('says of each counting whether the goal is met', () => {
    expect(goal).toEqual([
      ['beside the names, with kinds', ...compared(true, 'beside')],
      ['beside the names, without kinds', ...compared(false, 'beside')],
      ['all steps, with kinds', ...compared(true, 'total')],
      ['all steps, without kinds', ...compared(false, 'total')],
    ]);
  });

  test('shows every way step by step', () => {
    const shown = page.replace(/\n/g, '');
    for (const { steps } of WAYS) expect(shown).toContain(spelled(steps));
  });
});
