/**
 * Chalkline in a real browser, on a real system measured by a real Prometheus: the graph it draws, the figures it
 * shows, a fault, an outage. What it must show is asked of Prometheus, never of our own code.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chalkline, openChalkline } from '../e2e/driver.ts';
import type { System } from './system/index.ts';
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

const edgeButton = (name: string) => chalkline.page.getByRole('button', { name: new RegExp(`^${name}`) });

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

const edgeName = ({ client, server, connectionType }: System['edges'][number]) =>
  `${connectionType === 'messaging_system' ? 'publish' : 'edge'} ${client} to ${server}`;

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
  for (const edge of system.edges) await edgeButton(edgeName(edge)).waitFor();
  const services = new Set(system.edges.flatMap(({ client, server }) => [client, server]));
  for (const service of services)
    await page.locator('.react-flow__node').filter({ hasText: service }).waitFor();
  // while the layout glides edges have no elements
  await expect.poll(() => page.locator('.edge-target').count()).toBe(system.edges.length);
  await expect.poll(() => page.locator('.node-card').count()).toBe(services.size);
});

it("shows on each edge Prometheus' own p95, asked at the same time", async (ctx) => {
  const system = running(ctx);
  let differences: string[] = ['nothing was compared'];
  // what was scraped at the very moment of a poll may have been stored just after it: then the next poll counts
  await until('every edge agrees with Prometheus', 40_000, async () => {
    differences = [];
    const before = asked.length;
    const shown = new Map<string, number | null>();
    for (const edge of system.edges) shown.set(edgeName(edge), p95Of(await spoken(edgeName(edge))));
    const buckets = asked.findLast(({ query }) => query.includes('request_client_seconds_bucket'));
    if (!buckets || asked.length !== before) return false;
    const truth = await system.query(`histogram_quantile(0.95, ${buckets.query})`, buckets.time);
    for (const edge of system.edges) {
      const sample = truth.find(
        ({ metric }) => metric.client === edge.client && metric.server === edge.server,
      );
      const ms = sample ? sample.value * 1000 : Number.NaN;
      const said = shown.get(edgeName(edge)) ?? null;
      // three digits are shown: at worst half a unit of the third
      if (said === null || !(Math.abs(said - ms) <= 0.0051 * ms))
        differences.push(`${edgeName(edge)}: ${said} ms shown, ${ms} ms in Prometheus`);
    }
    return differences.length === 0;
  }).catch((error: unknown) => {
    throw new Error(`${error instanceof Error ? error.message : error}: ${differences.join('; ')}`);
  });
  expect(differences).toEqual([]);
});

it('shows an injected delay on the right edges within two polls', async (ctx) => {
  const system = running(ctx);
  await system.inject('catalog', 250);
  const from = asked.filter(({ query }) => query.includes('client_seconds_bucket')).length;
  const polls = () => asked.filter(({ query }) => query.includes('client_seconds_bucket')).length - from;
  // the poll under way when the delay came is not counted
  await until('two polls have gone by', 30_000, async () => polls() >= 3);
  const slow = p95Of(await spoken('edge gateway to catalog'));
  expect(slow).toBeGreaterThan(250);
  expect(p95Of(await spoken('edge shopper to gateway'))).toBeGreaterThan(250);
  expect(p95Of(await spoken('edge gateway to orders'))).toBeLessThan(250);
  await system.inject('catalog', 0);
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
