/** Files dropped on the page: those that can't be read change nothing and say why; traces draw their system. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './build.ts';
import { type Chalkline, oneBrowser } from './driver.ts';
import { malformedFiles } from './malformed.ts';

const open = oneBrowser();
const fixture = (name: string) => join(root, 'test/fixtures/formats', name);

/** Drops one file after the other on the page and returns what it said of each. */
async function dropAll(
  chalkline: Chalkline,
  files: { name: string; bytes: Uint8Array }[],
): Promise<string[]> {
  return chalkline.page.evaluate(
    async (dropped) => {
      const told: string[] = [];
      for (const { name, base64 } of dropped) {
        const transfer = new DataTransfer();
        transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
        const notice = () => document.querySelector('.notice')?.textContent ?? '';
        const answer = new Promise<string>((resolve, reject) => {
          const watch = new MutationObserver(() => notice().includes(name) && end());
          const late = setTimeout(() => reject(new Error(`no answer to ${name}: "${notice()}"`)), 20_000);
          const end = () => {
            watch.disconnect();
            clearTimeout(late);
            resolve(notice());
          };
          watch.observe(document.body, { childList: true, subtree: true, characterData: true });
        });
        window.dispatchEvent(
          new DragEvent('drop', { dataTransfer: transfer, cancelable: true, bubbles: true }),
        );
        told.push(await answer);
      }
      return told;
    },
    files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') })),
  );
}

it('220 malformed files change nothing, and each says why and where', async () => {
  const chalkline = await open();
  const before = await chalkline.boardJson();
  const seed = Math.floor(Math.random() * 2 ** 31);
  const files = malformedFiles(220, seed);
  const told = await dropAll(chalkline, files);
  for (const [i, words] of told.entries()) {
    const file = files[i]!;
    const why = `seed ${seed}, file ${i} (${file.how}): ${words}`;
    expect(words, why).toContain(`${file.name} can’t be read`);
    expect(words, why).toContain('Nothing has changed');
    expect(words, why).toMatch(/can’t be read(, at [^:]+(:\d+)?)?: \S.{4,}/);
    if (file.placed) expect(words, why).toMatch(/can’t be read, at \S/);
    // the reader's last resort: a fault of its own
    expect(words, why).not.toContain('could not be read:');
  }
  expect(await chalkline.boardJson(), `seed ${seed}`).toEqual(before);
  await chalkline.page.getByRole('button', { name: 'Undo', exact: true, disabled: true }).waitFor();
  await chalkline.press('Control+Shift+o');
  const boards = chalkline.page.getByRole('dialog').getByRole('listitem');
  await boards.first().waitFor();
  expect(await boards.count()).toBe(1);
});

/** A Jaeger file of `front` calling `back` once for each of these durations, ms. */
function jaegerFile(durations: readonly number[]): string {
  const kind = (value: string) => [{ key: 'span.kind', type: 'string', value }];
  const data = durations.map((ms, i) => {
    const traceID = (i + 1).toString(16).padStart(32, '0');
    const span = (nth: number, processID: string, kindOf: string, startsAt: number, us: number) => ({
      traceID,
      spanID: (i * 3 + nth + 1).toString(16).padStart(16, '0'),
      operationName: 'GET /',
      processID,
      references:
        nth === 0
          ? []
          : [{ refType: 'CHILD_OF', traceID, spanID: (i * 3 + nth).toString(16).padStart(16, '0') }],
      startTime: 1_700_000_000_000_000 + i * 1_000_000 + startsAt,
      duration: us,
      tags: kind(kindOf),
    });
    return {
      traceID,
      spans: [
        span(0, 'p1', 'server', 0, ms * 1000 + 2000),
        span(1, 'p1', 'client', 500, ms * 1000),
        span(2, 'p2', 'server', 700, ms * 1000 - 400),
      ],
      processes: { p1: { serviceName: 'front' }, p2: { serviceName: 'back' } },
    };
  });
  return JSON.stringify({ data });
}

const IN_MS: Record<string, number> = { microseconds: 0.001, milliseconds: 1, seconds: 1000 };
function spokenMs(words: string): number {
  const [, value, unit] = /p95 ([\d.]+) (\w+)/.exec(words) ?? [];
  return Number(value) * (IN_MS[unit ?? ''] ?? Number.NaN);
}

it('a dropped Jaeger file is drawn with its own figures, which stay over a reload, and the simulator goes', async () => {
  const chalkline = await open();
  await chalkline.newBoard();
  const durations = Array.from({ length: 100 }, (_, i) => 20 + ((i * 37) % 100) * 3);
  await chalkline.drop('incident.json', jaegerFile(durations));
  await chalkline.told(/incident\.json/);
  await chalkline.stopped();
  const board = await chalkline.boardJson();
  expect(Object.values(board.nodes).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['front', 'back']),
  );
  const positions = Object.values(board.nodes).map(({ position }) => position.join());
  expect(new Set(positions).size).toBe(positions.length);
  expect(board.sources).toEqual({});

  const said = await chalkline.pillText('front', 'back');
  const sorted = durations.toSorted((a, b) => a - b);
  // any definition of a quantile lies between the two neighbours; three digits are shown
  expect(spokenMs(said)).toBeGreaterThanOrEqual(sorted[93]! * 0.995);
  expect(spokenMs(said)).toBeLessThanOrEqual(sorted[95]! * 1.005);
  const health = chalkline.page.locator('.health-pill').filter({ hasText: /from a file/ });
  expect(await health.textContent()).toMatch(/trace file.*incident\.json|incident\.json/i);

  await chalkline.saved();
  await chalkline.page.reload();
  await chalkline.edge('front', 'back').waitFor();
  await health.waitFor();
  expect(await chalkline.pillText('front', 'back')).toBe(said);
});

it('a broker in an OTLP file is drawn as publisher, queue and consumer', async () => {
  const chalkline = await open();
  await chalkline.newBoard();
  await chalkline.dropFile(fixture('shop.otlp.jsonl'));
  await chalkline.told(/shop\.otlp\.jsonl/);
  await chalkline.stopped();
  const { nodes, edges } = await chalkline.boardJson();
  const brokers = Object.values(nodes).filter(({ kind }) => kind === 'queue' || kind === 'topic');
  expect(brokers.length).toBeGreaterThan(0);
  for (const { id } of brokers) {
    const around = Object.values(edges).filter(({ source, target }) => source === id || target === id);
    expect(around.some(({ kind, target }) => kind === 'publish' && target === id)).toBe(true);
    expect(around.some(({ kind, source }) => kind === 'consume' && source === id)).toBe(true);
  }
});

it('a graph of Kiali is drawn with its boxes and rates', async () => {
  const chalkline = await open();
  await chalkline.newBoard();
  await chalkline.dropFile(fixture('shop.kiali.json'));
  await chalkline.told(/shop\.kiali\.json: 11 nodes, \d remarks/);
  await chalkline.stopped();
  const { nodes, edges, groups } = await chalkline.boardJson();
  expect(Object.values(edges)).toHaveLength(10);
  expect(Object.values(groups).map(({ name }) => name)).toEqual(['shop', 'cart', 'bank']);
  expect(Object.values(nodes).filter(({ group }) => group !== undefined)).toHaveLength(8);
  expect(await chalkline.node('ingress').textContent()).toMatch(/40 \/s/);
});

const REAL = join(root, '../shared/data/jaeger-ui/traceWithThreeShortChildren.json');

it('a trace of a real system is taken in, too', async (ctx) => {
  if (!existsSync(REAL)) ctx.skip('a trace of a real system left out: ../shared/data is not here');
  const chalkline = await open();
  await chalkline.newBoard();
  await chalkline.dropFile(REAL);
  await chalkline.told(/traceWithThreeShortChildren\.json: \d+ nodes/);
  const { processes } = JSON.parse(readFileSync(REAL, 'utf8')) as Record<
    string,
    Record<string, { serviceName: string }>
  >;
  const services = Object.values(processes!).map(({ serviceName }) => serviceName);
  const drawn = Object.values((await chalkline.boardJson()).nodes).map(({ name }) => name);
  expect(drawn).toEqual(expect.arrayContaining(services));
});
