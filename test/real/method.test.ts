/**
 * The whole method on a real system, in a browser: what is usual is kept, something really goes wrong, the ranking names it
 * first; then parts are really taken out, one after another, until it is settled; and the report holds the numbers that
 * Prometheus gives.
 */
import { afterAll, expect, it } from 'vitest';
import type { Id, Snapshot } from '../../src/graph/index.ts';
import { Investigator, SYMPTOM, WINDOW } from './investigator.ts';
import { takeOut, tasksOf } from './out.ts';
import { called } from './shop.ts';
import type { System } from './system/index.ts';
import { until } from './system/keep.ts';
import { oneSystem } from './system/one-system.ts';

const running = oneSystem();
let opened: Promise<Investigator> | undefined;
afterAll(async () => (await opened)?.chalkline.close());

/** Keeps what is usual on the board as it was drawn. */
async function keepUsual(person: Investigator): Promise<Investigator> {
  const { chalkline } = person;
  // while twenty processes start, nothing is as usual
  await until('all is well', 90_000, async () => ((await chalkline.p95('nginx', 'gateway')) ?? 1e3) < 200);
  await chalkline.tab('Measure');
  await chalkline.click('Take a baseline');
  await chalkline.told(/^Baseline taken/);
  return person;
}

/** Left open from test to test; one that could not be prepared is not handed on to the next. */
function at(system: System): Promise<Investigator> {
  opened ??= Investigator.on(system).then((person) =>
    keepUsual(person).catch(async (error) => {
      opened = undefined;
      await person.chalkline.close();
      throw error;
    }),
  );
  return opened;
}

it('keeps what is usual, over the whole window of its source', { timeout: 180_000 }, async (context) => {
  const { chalkline } = await at(running(context));
  const { snapshots } = await chalkline.boardJson();
  expect(Object.values(snapshots)).toMatchObject([{ name: 'Baseline', window: WINDOW }]);
});

type Fault = {
  start: (system: System) => Promise<void>;
  end: (system: System) => Promise<void>;
  /** The edge on which a person sees that something is wrong. */
  seen: [source: string, target: string];
  culprit: string;
  because: RegExp;
};

const SLOW_SERVICE: Fault = {
  start: ({ inject }) => inject('cart', { delay: 1_500 }),
  end: ({ inject }) => inject('cart', { delay: 0 }),
  seen: ['gateway', 'cart'],
  culprit: 'cart',
  because: /Own time [\d.]+ (µs|ms) → [12]\.\d+ s \((mean|p50|p90)\)/,
};

const FAULTS: Record<string, Fault> = {
  'a slow link': {
    start: ({ slowLink }) => slowLink(1_500),
    end: ({ slowLink }) => slowLink(0),
    seen: ['gateway', 'cart'],
    culprit: 'gateway → cart',
    because: /Between the ends of gateway → cart [\d.]+ (µs|ms) → [12]\.\d+ s/,
  },
  'one slow instance of three': {
    start: ({ inject }) => inject('catalog-2', { delay: 1_500 }),
    end: ({ inject }) => inject('catalog-2', { delay: 0 }),
    seen: ['gateway', 'catalog'],
    culprit: 'catalog-2 of catalog',
    because: /Latency of catalog-2 [12]\.\d+ s, of its siblings [\d.]+ ms/,
  },
  'an exhausted pool': {
    start: ({ inject }) => inject('orders', { hold: 400 }),
    end: ({ inject }) => inject('orders', { hold: 0 }),
    seen: ['gateway', called('orders')],
    culprit: called('orders'),
    because: /Waiting for the pool 0 → \d/,
  },
  'a slow consumer': {
    start: ({ inject }) => inject('worker', { delay: 1_000 }),
    end: ({ inject }) => inject('worker', { delay: 0 }),
    seen: [called('rabbitmq (orders)'), 'worker'],
    culprit: 'worker',
    because: /Own time [\d.]+ (µs|ms) → [12]\.\d+ s \((mean|p50|p90)\)/,
  },
};

/** Lets it go wrong, waits until it is seen and until the figures hold nothing else, and reads who is suspected most. */
async function expectFirst({ start, seen, culprit, because }: Fault, person: Investigator): Promise<void> {
  await start(person.system);
  const since = Date.now();
  await until(
    `${seen.join(' → ')} is slow`,
    60_000,
    async () => ((await person.chalkline.p95(...seen)) ?? 0) > 800,
  );
  await person.settled(since);
  const suspects = await person.suspects();
  expect(suspects[0]?.name, JSON.stringify(suspects.slice(0, 3))).toBe(culprit);
  expect(suspects[0]!.why).toMatch(because);
}

it.for(Object.entries(FAULTS))('%s comes first in the ranking', async ([, fault], context) => {
  const person = await at(running(context));
  await expectFirst(fault, person).finally(() => fault.end(person.system));
});

const STORES = ['redis', 'postgres'];
/** More would be more than one each for what is on the way. */
const STEPS = 8;

it('a slow service comes first, and is confirmed by really taking parts out', {
  timeout: 360_000,
}, async (context) => {
  const person = await at(running(context));
  const { chalkline, system } = person;
  await expectFirst(SLOW_SERVICE, person);
  for (const store of STORES) await person.neverTakeOut(store);
  await chalkline.tab('Experiments');
  const panel = chalkline.page.getByRole('tabpanel', { name: 'Experiments' });
  const enabled = (name: string) => panel.getByRole('button', { name, exact: true, disabled: false });
  // of an earlier try
  if (await panel.locator('.current').isVisible()) await chalkline.click('Withdraw');
  const isSettled = async () => (await panel.locator('.settled').count()) > 0;
  /** What to try next; as long as the symptom has no figure there is nothing, nor when new figures have settled it. */
  const lookAgain = async () => {
    let advices: string[] = [];
    await until('there is something to try', 30_000, async () => {
      await chalkline.click('Look again');
      advices = await panel.locator('.trials .cut').allTextContents();
      return advices.length > 0 || (await isSettled());
    });
    return advices;
  };
  for (let step = 0; step < STEPS && !(await isSettled()); step++) {
    await person.settled(Date.now());
    const advices = await lookAgain();
    if (await isSettled()) break;
    const advice = advices.find((each) => tasksOf(each) !== null);
    if (advice === undefined) throw new Error(`none of these can be done here: ${advices.join(' ')}`);
    await panel.locator('.trials button').filter({ hasText: advice }).first().click();
    await panel.getByText(/^If it is guilty/).waitFor();
    await enabled('Measure before').click({ timeout: 60_000 });
    const putBack = await takeOut(system, tasksOf(advice)!);
    try {
      await chalkline.click('It is out');
      await person.settled(Date.now());
      await enabled('Measure after').click({ timeout: 60_000 });
      await panel.getByRole('status').waitFor();
    } finally {
      await putBack();
    }
    await chalkline.click('It is back');
    await panel.getByText('What was tried').waitFor();
  }
  expect(await panel.locator('.settled').textContent()).toMatch(
    /^It is cart, with 9\d(\.\d+)? % probability/,
  );
  await chalkline.select('cart');
  await chalkline.mark('confirmed', 'Taken out, the symptom goes');
});

it('writes a report whose numbers are those of Prometheus', async (context) => {
  const person = await at(running(context));
  const { chalkline, system } = person;
  const { experiments, snapshots } = await chalkline.boardJson();
  await chalkline.tab('Experiments');
  const { name, bytes } = await chalkline.download(() => chalkline.click('Write the report'));
  expect(name).toMatch(/\.md$/);
  const report = bytes.toString('utf8');
  const differences: string[] = [];
  /** @param said as the report writes it @param snapshot from which it is */
  const compare = async (what: string, said: string | undefined, snapshot: Id | undefined) => {
    const own = await person.toldBy(timeOf(snapshots[snapshot!]!));
    // three digits are written: at worst half a unit of the third
    if (!own.some((ms) => Math.abs(milliseconds(said) - ms) <= 0.0051 * ms))
      differences.push(`${what}: ${said} in the report, ${own.join(' or ')} ms in Prometheus`);
  };
  const baseline = Object.values(snapshots).find((each) => each.name === 'Baseline')!;
  const usual = new RegExp(`The symptom is p95 of ${EDGE}: ([\\d.]+ (?:µs|ms|s)) when all was well`);
  await compare('when all was well', usual.exec(report)?.[1], baseline.id);
  const tried = Object.values(experiments).sort((a, b) => a.at - b.at);
  const rows = rowsUnder(report, 'Taken out');
  expect(rows.length).toBe(tried.length);
  for (const [i, { before, after }] of tried.entries()) {
    await compare(`${rows[i]![0]}, before`, rows[i]![2], before);
    await compare(`${rows[i]![0]}, after`, rows[i]![3], after);
  }
  expect(differences).toEqual([]);
  const source = `Prometheus ${new URL(system.prometheusUrl).host}`;
  for (const row of rows) expect(row.at(-1)).toContain(source);
  expect(report).toContain(`| Snapshot: Baseline | over 15 s; ${source} |`);
  expect(report).toMatch(/Confirmed: cart\./);
  expect(report).toMatch(/It is cart: likely to 9\d(\.\d+)? %, above the threshold of 95 %/);
});

const EDGE = `${SYMPTOM.client} → ${SYMPTOM.server}`;

/** When the symptom in a snapshot was measured, unix seconds. */
function timeOf({ readings }: Snapshot): number {
  const times = readings.flatMap(({ metric, side, at: measured, provenance }) =>
    metric === 'latency' && side === 'caller' && !provenance.simulated ? [measured] : [],
  );
  return Math.max(...times) / 1000;
}

const IN_MS: Record<string, number> = { µs: 0.001, ms: 1, s: 1000 };
function milliseconds(said = ''): number {
  const [figure, unit = ''] = said.split(' ');
  return Number(figure) * (IN_MS[unit] ?? Number.NaN);
}

const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The rows of the table whose head begins so. */
function rowsUnder(markdown: string, head: string): string[][] {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${head} |`)) + 2;
  const length = lines.slice(start).findIndex((line) => !line.startsWith('|'));
  return lines.slice(start, start + length).map(cellsOf);
}
