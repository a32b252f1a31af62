/**
 * Chalkline in a real browser, on a real system measured by a real Prometheus: the graph it draws, the figures it
 * shows, a fault, an outage. What it must show is asked of Prometheus, never of our own code.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chalkline, openChalkline } from '../e2e/driver.ts';
import { called, shop } from './shop.ts';
import { until } from './system/keep.ts';
import { oneSystem } from './system/one-system.ts';

const running = oneSystem();
let chalkline: Chalkline;
/** The questions that the page asked, with the time each was about (unix seconds). */
const asked: { query: string; time: number }[] = [];

beforeAll(async () => {
  // requests to a Prometheus that is down are complained of by the browser itself
  chalkline = await openChalkline({ expectComplaint: /ERR_CONNECTION_REFUSED|Failed to load resource/ });
  chalkline.page.on('request', (request) => {
    const form = new URLSearchParams(request.postData() ?? '');
    const [query, time] = [form.get('query'), form.get('time')];
    if (query && time) asked.push({ query, time: Number(time) });
  });
});
afterAll(() => chalkline?.close());

const edgeButton = (name: string) =>
  chalkline.page.getByRole('button', { name: new RegExp(`^${name.replace(/[()]/g, '\\$&')}`) });

/** What a screen reader says of an edge now: its name is brought up to date when it gets the focus. */
async function spoken(name: string): Promise<string> {
  const button = edgeButton(name);
  await button.focus();
  const words = (await button.getAttribute('aria-label')) ?? '';
  await button.blur();
  return words;
}

const IN_MS: Record<string, number> = { microseconds: 0.001, milliseconds: 1, seconds: 1000 };

/** The p95 in those words, ms; null where it says that there is none, or that it is stale. */
function p95Of(words: string): number | null {
  const said = /p95 ([\d.]+) (microseconds|milliseconds|seconds)/.exec(words);
  return said && !words.includes('stale') ? Number(said[1]) * IN_MS[said[2]!]! : null;
}

/** The shop's edges as they are called on the page, and what Prometheus calls their ends. */
const EDGES = Object.values(shop().edges).map(({ source, target, kind }) => ({
  name: `${kind === 'call' ? 'edge' : kind} ${called(source)} to ${called(target)}`,
  // a service graph knows of no queue: what goes through it is one edge, of which each half has its own side
  client: kind === 'consume' ? 'orders' : source,
  server: kind === 'publish' ? 'worker' : target,
  side: kind === 'consume' ? 'server' : 'client',
}));

/** The page's last question about the time on that side. */
const lastAsked = (side: string) =>
  asked.findLast(({ query }) => query.includes(`request_${side}_seconds_bucket`));

it('draws on an empty board what Prometheus has seen', async (ctx) => {
  const system = running(ctx);
  const { page } = chalkline;
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'New board' }).click();
  await page.getByRole('tab', { name: 'Sources' }).click();
  await page.getByLabel('URL').fill(system.prometheusUrl);
  await page.getByLabel('Ask every').selectOption('5000');
  await page.getByLabel('Over the last').selectOption('30000');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  for (const { name } of EDGES) await edgeButton(name).waitFor();
  // while the layout glides edges have no elements
  await expect.poll(() => page.locator('.edge-target').count()).toBe(EDGES.length);
  await expect.poll(() => page.locator('.node-card').count()).toBe(Object.keys(shop().nodes).length);
});

it("shows on each edge Prometheus' own p95, asked at the same time", async (ctx) => {
  const system = running(ctx);
  let differences: string[] = ['nothing was compared'];
  // what was scraped at the very moment of a poll may have been stored just after it: then the next poll counts
  await until('every edge agrees with Prometheus', 40_000, async () => {
    differences = [];
    const before = asked.length;
    const shown = new Map<string, number | null>();
    for (const { name } of EDGES) shown.set(name, p95Of(await spoken(name)));
    const [client, server] = [lastAsked('client'), lastAsked('server')];
    if (!client || !server || asked.length !== before) return false;
    const own = ({ query, time }: { query: string; time: number }) =>
      system.query(`histogram_quantile(0.95, sum by (le, client, server) (${query}))`, time);
    const truth = { client: await own(client), server: await own(server) };
    for (const edge of EDGES) {
      const sample = truth[edge.side as keyof typeof truth].find(
        ({ metric }) => metric.client === edge.client && metric.server === edge.server,
      );
      const ms = sample ? sample.value * 1000 : Number.NaN;
      const said = shown.get(edge.name) ?? null;
      // three digits are shown: at worst half a unit of the third
      if (said === null || !(Math.abs(said - ms) <= 0.0051 * ms))
        differences.push(`${edge.name}: ${said} ms shown, ${ms} ms in Prometheus`);
    }
    return differences.length === 0;
  }).catch((error: unknown) => {
    throw new Error(`${error instanceof Error ? error.message : error}: ${differences.join('; ')}`);
  });
  expect(differences).toEqual([]);
});

/** What a card says, by its short names: `rate: '6.92 /s'`. */
async function cardOf(name: string, technology: string): Promise<Record<string, string>> {
  const cards = chalkline.page.locator('.node-card').filter({ hasText: technology });
  const texts = (await cards.allInnerTexts()).map((text) => text.split('\n'));
  const [, , ...figures] = texts.find(([first]) => first === name) ?? [];
  return Object.fromEntries(figures.flatMap((each, i) => (i % 2 === 0 ? [[each, figures[i + 1]!]] : [])));
}

/** Prometheus' own answer to what each card says; a service says itself what it serves, of others the edges tell. */
const CARDS: { name: string; technology: string; figure: string; unit: string; own: string }[] = [
  ...['gateway', 'cart', 'catalog', 'orders'].map((name) => ({
    ...{ name, technology: 'service', figure: 'rate', unit: '/s' },
    own: `sum(rate(http_server_request_duration_count{job="${name}"}[30s]))`,
  })),
  ...[
    ['redis', 'Redis', 'server'],
    ['postgres', 'PostgreSQL', 'server'],
    ['nginx', 'service', 'client'],
  ].map(([name = '', technology = '', end]) => ({
    ...{ name, technology, figure: 'rate', unit: '/s' },
    own: `sum(rate(traces_service_graph_request_total{${end}="${name}"}[30s]))`,
  })),
  {
    ...{ name: 'orders', technology: 'RabbitMQ', figure: 'wait', unit: 'ms' },
    own: '1000 * histogram_quantile(0.95, sum by (le) (rate(traces_service_graph_request_messaging_system_seconds_bucket[30s])))',
  },
];

it("shows on each card Prometheus' own figures, asked at the same time", async (ctx) => {
  const system = running(ctx);
  let differences: string[] = [];
  await until('every card agrees with Prometheus', 40_000, async () => {
    differences = [];
    const before = asked.length;
    const shown = await Promise.all(CARDS.map(({ name, technology }) => cardOf(name, technology)));
    const time = lastAsked('client')?.time;
    if (asked.length !== before) return false;
    for (const [i, { name, technology, figure, unit, own }] of CARDS.entries()) {
      const value = (await system.query(own, time))[0]?.value ?? Number.NaN;
      const words = shown[i]![figure] ?? 'nothing';
      const said = words.endsWith(unit) ? Number.parseFloat(words) : Number.NaN;
      if (!(Math.abs(said - value) <= 0.0051 * value))
        differences.push(`${technology} ${name}: ${figure} ${words} shown, ${value} in Prometheus`);
    }
    return differences.length === 0;
  }).catch(() => {});
  expect(differences).toEqual([]);
});

it('shows an injected delay on the right edges within two polls', async (ctx) => {
  const system = running(ctx);
  await system.inject('catalog', { delay: 1_000 });
  const from = asked.filter(({ query }) => query.includes('client_seconds_bucket')).length;
  const polls = () => asked.filter(({ query }) => query.includes('client_seconds_bucket')).length - from;
  // the poll under way when the delay came is not counted
  await until('two polls have gone by', 30_000, async () => polls() >= 3);
  // asked is not yet answered
  await expect
    .poll(async () => p95Of(await spoken('edge gateway to catalog')), { timeout: 4_000 })
    .toBeGreaterThan(1_000);
  expect(p95Of(await spoken('edge nginx to gateway'))).toBeGreaterThan(1_000);
  // everything shares two cores with the browser
  expect(p95Of(await spoken('edge gateway to cart'))).toBeLessThan(700);
  await system.inject('catalog', { delay: 0 });
});

it('says that figures are stale when Prometheus dies, and recovers by itself', async (ctx) => {
  const system = running(ctx);
  await system.killPrometheus();
  await until('the edges are stale', 30_000, async () =>
    (await spoken('edge gateway to catalog')).includes('stale'),
  );
  await until('the source is said to be lost', 40_000, async () =>
    /stale|lost/i.test((await chalkline.page.locator('.source-card').first().textContent()) ?? ''),
  );
  await system.restartPrometheus();
  await until(
    'figures are live again',
    60_000,
    async () => p95Of(await spoken('edge gateway to catalog')) !== null,
  );
});
