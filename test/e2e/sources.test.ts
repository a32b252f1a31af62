/** Names in telemetry and what is drawn: matched by hand, added, set aside; and systems that draw themselves. */
import { afterEach, describe, expect, it } from 'vitest';
import { readTargets } from '../../src/server/forward/index.ts';
import { asJson } from '../server/otlp-encoder.ts';
import { visit } from '../server/shop.ts';
import { bucketsOf, seriesOf, startServer } from '../telemetry/prometheus-server.ts';
import { startTraceServer } from '../telemetry/trace-servers.ts';
import { violations } from './axe.ts';
import { type Chalkline, oneBrowser, openChalkline } from './driver.ts';

let server: Awaited<ReturnType<typeof startServer>> | null = null;
// before the browser's own end is arranged for, so that it comes after it: a page that is open asks on
afterEach(async () => {
  await server?.close();
  server = null;
});
const open = oneBrowser();

/** A service graph of these calls, ten a second each. */
function seeing(...calls: readonly (readonly [client: string, server: string])[]) {
  const labels = calls.map(([client, server]) => ({ client, server, connection_type: '' }));
  return (query: string) => {
    if (query.includes('messaging') || query.includes('failed_total')) return [];
    if (query.startsWith('custom')) return [seriesOf({ job: 'catalog-svc' }, '0.42')];
    if (query.includes('_seconds_bucket[')) return labels.flatMap((each) => bucketsOf(each, 9.9, 10, 10));
    return labels.map((each) => seriesOf(each, '10'));
  };
}

const SHOP = [
  ['gateway', 'catalog-svc'],
  ['gateway', 'payments'],
  ['payments', 'bank'],
  ['probe', 'gateway'],
] as const;

/** A board with `gateway → catalog → ledger`, and a Prometheus that calls some of it otherwise. */
async function withOtherNames(chalkline: Chalkline): Promise<void> {
  server = await startServer();
  server.state.answer = seeing(...SHOP);
  await chalkline.newBoard();
  await chalkline.press('Control+k');
  await chalkline.page
    .getByRole('combobox', { name: 'Sketch, find or do' })
    .fill('gateway -> catalog -> ledger');
  await chalkline.page.getByRole('option', { name: /^Draw/ }).waitFor();
  await chalkline.press('Enter');
  await chalkline.press('Escape', 'Escape');
  await chalkline.connectSource({ url: server.url, every: 2000 });
  await chalkline
    .sourceCard(/^Prometheus/)
    .getByRole('heading', { name: 'Seen, and not drawn' })
    .waitFor();
}

describe('names in telemetry', () => {
  it('are matched, added and set aside by hand; until then nothing is bound, and each is one undo step', async () => {
    const chalkline = await open();
    await withOtherNames(chalkline);
    expect(await chalkline.nodeNames()).toHaveLength(3);
    await chalkline.matchNames();
    await chalkline.matched('catalog-svc').waitFor();
    expect(await chalkline.listed(/^Seen, and not drawn/)).toEqual([
      'bank',
      'catalog-svc',
      'payments',
      'probe',
    ]);
    expect(await chalkline.listed(/^Drawn, and nothing seen/)).toEqual(['catalog', 'ledger']);
    await chalkline.matched('catalog-svc').getByText('but for svc').waitFor();
    // a look alike is no match: nothing is measured yet
    expect(await chalkline.pillText('gateway', 'catalog')).not.toMatch(/p95/);

    await chalkline.click('catalog-svc is catalog');
    await chalkline.matched('catalog-svc').waitFor({ state: 'detached' });
    await expect.poll(() => chalkline.p95('gateway', 'catalog'), { timeout: 15_000 }).not.toBeNull();
    expect(await chalkline.listed(/^Drawn, and nothing seen/)).toEqual(['ledger']);

    await chalkline.click('Add to the board: payments');
    await chalkline.edge('gateway', 'payments').waitFor();
    expect(await chalkline.node('bank').count()).toBe(0);
    await expect.poll(() => chalkline.p95('gateway', 'payments'), { timeout: 15_000 }).not.toBeNull();

    await chalkline.click('Not ours: probe');
    await chalkline.matched('probe').waitFor({ state: 'detached' });
    await chalkline.click(/^Add what is missing: 1 part, 1 edge$/);
    await chalkline.edge('payments', 'bank').waitFor();
    await chalkline.matching.getByText('Everything that is seen is drawn.').waitFor();
    expect(await chalkline.node('probe').count()).toBe(0);

    const board = await chalkline.boardJson();
    const catalog = Object.values(board.nodes).find(({ name }) => name === 'catalog');
    expect(catalog?.match).toEqual({ names: ['catalog-svc'] });
    expect(Object.values(board.sources)).toMatchObject([{ ignored: ['probe'] }]);

    await chalkline.undo();
    await chalkline.node('bank').waitFor({ state: 'detached' });
    await chalkline.undo();
    await chalkline.matched('probe').waitFor();
    await chalkline.undo();
    await chalkline.node('payments').waitFor({ state: 'detached' });
    await chalkline.undo();
    await chalkline.matched('catalog-svc').waitFor();
  });

  it('by keyboard alone', async () => {
    const chalkline = await open();
    const { page } = chalkline;
    await withOtherNames(chalkline);
    await chalkline.matchNames();
    await chalkline.matched('catalog-svc').waitFor();
    const focused = () =>
      page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
      );
    await page.getByRole('button', { name: 'Back to the sources' }).focus();
    for (let i = 0; i < 40 && (await focused()) !== 'catalog-svc is catalog'; i++)
      await chalkline.press('Tab');
    await chalkline.press('Enter');
    await chalkline.matched('catalog-svc').waitFor({ state: 'detached' });
    expect(await focused()).toBe('Match telemetry names');
    for (let i = 0; i < 40 && (await focused()) !== 'ledger is seen as'; i++) await chalkline.press('Tab');
    // arrow keys look through the names, and bind none
    await page.getByRole('combobox', { name: 'ledger is seen as' }).selectOption({ label: 'bank' });
    await chalkline.matched('bank').waitFor();
    await chalkline.press('Tab', 'Enter');
    await chalkline.matched('bank').waitFor({ state: 'detached' });
    expect(await chalkline.listed(/^Drawn, and nothing seen/)).toEqual([]);
    await page.getByRole('button', { name: 'Back to the sources' }).press('Enter');
    await chalkline.sourceCard(/^Prometheus/).waitFor();
  });

  it('two parts of one name: a person says which is meant', async () => {
    server = await startServer();
    server.state.answer = seeing(['gateway', 'CART']);
    const chalkline = await open();
    await chalkline.newBoard();
    await chalkline.press('Control+k');
    await chalkline.page
      .getByRole('combobox', { name: 'Sketch, find or do' })
      .fill('gateway -> cart\ngateway -> shop');
    await chalkline.page.getByRole('option', { name: /^Draw/ }).waitFor();
    await chalkline.press('Enter');
    await chalkline.press('Escape', 'Escape');
    await chalkline.rename('shop', 'Cart');
    await chalkline.press('Escape');
    await chalkline.connectSource({ url: server.url, every: 2000 });
    await chalkline.sourceCard(/^Prometheus/).waitFor();
    await chalkline.matchNames();
    await chalkline.matched('CART').waitFor();
    expect(await chalkline.listed(/^Fits two parts/)).toEqual(['CART']);
    expect(await chalkline.pillText('gateway', 'cart')).not.toMatch(/p95/);
    await chalkline.click('CART is Cart');
    await expect.poll(() => chalkline.p95('gateway', 'Cart'), { timeout: 15_000 }).not.toBeNull();
    expect(await chalkline.pillText('gateway', 'cart')).not.toMatch(/p95/);
  });
});

describe.each(['light', 'dark'] as const)('for everybody, %s', (theme) => {
  it.each([
    [1280, 800],
    [1920, 1080],
  ])('at %i × %i the sources and the review of names have no serious fault', async (width, height) => {
    const chalkline = await open({ theme, width, height, bypassPolicy: true });
    const faults: Record<string, string[]> = {};
    const look = async (what: string) => {
      faults[what] = await violations(chalkline.page);
      await chalkline.screenshot(`${theme}-${width}-${what}`);
    };
    await withOtherNames(chalkline);
    await look('source-card');
    const card = chalkline.sourceCard(/^Prometheus/);
    await card.getByText('Settings').click();
    await card.getByText('Questions of your own').click();
    await card.getByRole('button', { name: 'Ask something else' }).click();
    await card.getByLabel('Name of the question').fill('pool');
    await card.getByLabel(/^PromQL/).fill('custom_pool{job="catalog-svc"}');
    await card.getByRole('button', { name: 'Try it' }).click();
    await card.getByText('Answered with 1 series').waitFor();
    await look('question');
    await card.getByRole('button', { name: 'Cancel' }).click();
    await chalkline.matchNames();
    await chalkline.matched('catalog-svc').waitFor();
    await chalkline.page.getByRole('button', { name: 'Add to the board: payments' }).hover();
    await look('matching');
    await chalkline.page.getByRole('button', { name: 'Back to the sources' }).click();
    await chalkline.click('Connect another source');
    await chalkline.choose('What it is', 'Spans sent to Chalkline (OTLP)');
    await chalkline.page.getByText('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT').waitFor();
    await chalkline.page.getByRole('button', { name: 'Connect', exact: true }).scrollIntoViewIfNeeded();
    await look('connect');
    for (const [what, found] of Object.entries(faults)) expect(found, what).toEqual([]);
  });
});

it('a source is connected by keys alone, found by what it is called', async () => {
  server = await startServer();
  server.state.answer = seeing(['gateway', 'cart']);
  const chalkline = await open();
  await chalkline.newBoard();
  await chalkline.press('Control+k');
  await chalkline.page.getByRole('combobox', { name: 'Sketch, find or do' }).fill('prometheus');
  await chalkline.page.getByRole('option', { name: /^Connect a source/ }).waitFor();
  // sketching a part of that name is offered besides
  await chalkline.press('Enter');
  const url = chalkline.page.getByLabel('URL');
  await url.waitFor();
  const isThere = () => url.evaluate((field) => field === document.activeElement);
  for (let i = 0; i < 60 && !(await isThere()); i++) await chalkline.press('Tab');
  await chalkline.type(server.url);
  await chalkline.press('Enter');
  await chalkline.edge('gateway', 'cart').waitFor();
  await expect.poll(() => chalkline.p95('gateway', 'cart'), { timeout: 15_000 }).not.toBeNull();
});

it('what a file told hours ago is not taken for live beside a source that is', async () => {
  server = await startServer();
  server.state.answer = seeing(['gateway', 'orders']);
  const chalkline = await open();
  await chalkline.newBoard();
  const log = ['checkout', 'orders'].map(
    (upstream) =>
      `10.0.0.1 - - [01/Nov/2026:10:00:00 +0000] "GET /${upstream} HTTP/1.1" 200 12 "-" "curl" rt=0.120 urt=0.100 ua=${upstream}:80`,
  );
  await chalkline.drop('access.log', log.join('\n'));
  await chalkline.node('orders:80').or(chalkline.node('orders')).first().waitFor();
  const ofFile = () =>
    chalkline.page
      .locator('.edge-target[aria-label*="checkout"]')
      .first()
      .evaluate((edge) => {
        (edge as HTMLElement).focus();
        return edge.getAttribute('aria-label');
      });
  await expect.poll(ofFile).toMatch(/p95 [\d.]+ milliseconds/);
  expect(await ofFile()).not.toMatch(/stale/);
  await chalkline.connectSource({ url: server.url, every: 2000 });
  await chalkline.sourceCard(/^Prometheus/).waitFor();
  await expect.poll(ofFile).toMatch(/p95 [\d.]+ milliseconds, stale, \d+ h ago/);
});

it('a question of one’s own is tried, kept, changed and taken away', async () => {
  const chalkline = await open();
  await withOtherNames(chalkline);
  await chalkline.select('catalog');
  await chalkline.tab('Sources');
  const card = chalkline.sourceCard(/^Prometheus/);
  await card.getByText('Questions of your own').click();
  await card.getByRole('button', { name: 'Ask something else' }).click();
  const form = card.getByRole('form', { name: 'Question' });
  await form.getByRole('button', { name: 'Keep' }).click();
  await form.getByText('Give the question a name').waitFor();
  await form.getByLabel('Name of the question').fill('pool');
  await form.getByLabel('Measures').selectOption({ label: 'Pool in use' });
  await form.getByLabel(/^PromQL/).fill('custom_pool{job="$client"}');
  await form.getByRole('button', { name: 'Try it' }).click();
  await form.getByText('$client stands for nothing here').waitFor();
  await form.getByLabel(/^PromQL/).fill('custom_pool{job="$name"}');
  await form.getByRole('button', { name: 'Try it' }).click();
  await form.getByText('custom_pool{job="catalog"}').waitFor();
  await form.getByText('{job="catalog-svc"} 0.42').waitFor();
  await form.getByRole('button', { name: 'Keep' }).click();
  await card.getByRole('button', { name: 'Edit pool' }).waitFor();
  const catalog = Object.values((await chalkline.boardJson()).nodes).find(({ name }) => name === 'catalog');
  expect(Object.values((await chalkline.boardJson()).sources)).toMatchObject([
    { queries: [{ name: 'pool', metric: 'pool use', of: { type: 'node', id: catalog?.id } }] },
  ]);
  await card.getByRole('button', { name: 'Remove pool' }).click();
  expect(Object.values((await chalkline.boardJson()).sources)[0]).not.toHaveProperty('queries');
});

describe('spans sent to Chalkline', () => {
  let n = 0;
  /** Posts a few visits as a collector would. */
  async function send(chalkline: Chalkline, service: string): Promise<void> {
    const spans = Array.from({ length: 5 }, () => visit({ n: n++, end: Date.now(), took: 20, service }));
    const answer = await fetch(new URL('/v1/traces', chalkline.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: asJson(spans.flat()),
    });
    expect(answer.status).toBe(200);
  }

  it('draw the system by themselves, and what comes later too, until a hand draws', async () => {
    const chalkline = await open();
    await chalkline.newBoard();
    await chalkline.connectSource({ what: 'Spans sent to Chalkline (OTLP)' });
    const card = chalkline.sourceCard('Pushed spans');
    await card.getByText(`${new URL(chalkline.url).origin}/v1/traces`, { exact: true }).waitFor();
    await card.getByText(/has been sent no spans yet/).waitFor();

    await send(chalkline, 'orders');
    await chalkline.edge('gateway', 'orders').waitFor({ timeout: 30_000 });
    await expect.poll(() => chalkline.p95('gateway', 'orders'), { timeout: 15_000 }).toBeGreaterThan(15);
    await send(chalkline, 'returns');
    await chalkline.edge('gateway', 'returns').waitFor({ timeout: 30_000 });
    const draws = card.getByRole('checkbox', { name: 'Draw what it sees as it comes' });
    expect(await draws.isChecked()).toBe(true);

    await chalkline.undo();
    await chalkline.node('returns').waitFor({ state: 'detached' });
    expect(await draws.isChecked()).toBe(false);
    await send(chalkline, 'stock');
    await card.getByText('gateway → stock').waitFor({ timeout: 30_000 });
    expect(await chalkline.node('stock').count()).toBe(0);
    await card.getByRole('button', { name: 'Add what is missing' }).click();
    await chalkline.edge('gateway', 'stock').waitFor();
    await chalkline.edge('gateway', 'returns').waitFor();
  });
});

it('a fault that the simulator was told stays known while the panel is put away', async () => {
  const chalkline = await open();
  await chalkline.edge('checkout', 'payments').waitFor();
  await chalkline.slowDown('payments');
  const told = chalkline.page.getByText('slow service on payments, by 250 ms');
  await told.waitFor();
  await chalkline.press('\\');
  await told.waitFor({ state: 'detached' });
  await chalkline.press('\\');
  await told.waitFor();
  await chalkline.click('Take the fault away');
  await told.waitFor({ state: 'detached' });
});

it('a back end that the server was given is picked by its name, and draws the system', async () => {
  const zipkin = await startTraceServer('zipkin');
  zipkin.state.spans = [0, 1, 2].flatMap((n) => visit({ n, end: Date.now() - 8000, took: 20 }));
  const targets = await readTargets({
    CHALKLINE_FORWARD: JSON.stringify({ traces: { type: 'zipkin', url: zipkin.url } }),
  });
  const chalkline = await openChalkline({}, targets);
  try {
    await chalkline.newBoard();
    await chalkline.tab('Sources');
    // a Prometheus is not among them, so there is nothing to choose
    await chalkline.page.getByLabel('URL').waitFor();
    expect(await chalkline.page.getByLabel('Who asks it').count()).toBe(0);
    await chalkline.choose('What it is', 'Zipkin');
    await chalkline.choose('Who asks it', 'Chalkline’s server: traces');
    await chalkline.page.getByRole('button', { name: 'Connect', exact: true }).click();
    await chalkline.edge('gateway', 'orders').waitFor();
    await chalkline.sourceCard('Zipkin traces').getByText('Settings').click();
    await chalkline.page.getByText('Asked by Chalkline’s server, as traces.').waitFor();
    expect(chalkline.asked()).toEqual([new URL(chalkline.url).origin]);
  } finally {
    await chalkline.close();
    await zipkin.close();
  }
});
