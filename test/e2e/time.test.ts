/** Looking back: the board as it was, compared with another time, frozen, written down, and back to live. */
import { expect, it } from 'vitest';
import type { Board } from '../../src/graph/index.ts';
import { bucketsOf, seriesOf, startServer } from '../telemetry/prometheus-server.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();

/** The demo with a slow service, and seconds before and after it became slow. */
async function withIncident(chalkline: Chalkline): Promise<void> {
  await chalkline.edge('checkout', 'payments').waitFor();
  await chalkline.showTimeline();
  await chalkline.timeline.getByLabel('Over how long').selectOption({ label: 'over 10 s' });
  await expect.poll(() => chalkline.p95('checkout', 'payments'), { timeout: 15_000 }).toBeGreaterThan(50);
  await chalkline.page.waitForTimeout(12_000);
  await chalkline.slowDown('payments');
  await expect.poll(() => chalkline.p95('checkout', 'payments'), { timeout: 30_000 }).toBeGreaterThan(300);
  await chalkline.page.waitForTimeout(2000);
}

/** Steps back until the service is well again. */
async function scrubBefore(chalkline: Chalkline): Promise<void> {
  for (let step = 0; step < 12; step++) {
    await chalkline.press(',');
    await chalkline.pastBadge.waitFor();
    await expect.poll(() => chalkline.p95('checkout', 'payments')).not.toBeNull();
    if ((await chalkline.p95('checkout', 'payments'))! < 250) return;
  }
  throw new Error('it was never well');
}

it('scrubbed back before a fault, every figure is of then and says so; live is as it was, and polls went on', async () => {
  const chalkline = await open();
  await withIncident(chalkline);
  expect(await chalkline.saidOf(chalkline.moment)).toBe('live');
  await chalkline.timeline.getByText('LIVE', { exact: true }).waitFor();

  await scrubBefore(chalkline);
  expect(await chalkline.pillText('checkout', 'payments')).toContain('of the past');
  expect(await chalkline.saidOf(chalkline.moment)).toMatch(/^\d\d:\d\d:\d\d, over 10 s, \d+ s ago$/);
  await chalkline.selectEdge('checkout', 'payments');
  await chalkline.tab('Inspector');
  const facts = chalkline.page.getByRole('complementary', { name: 'Facts' });
  await facts
    .getByText(/^as of \d\d:\d\d:\d\d$/)
    .first()
    .waitFor();

  const svg = (await chalkline.exportAs('SVG')).toString('utf8');
  expect(svg).toMatch(/Not live: as of [^<]+, over 10 s/);
  await chalkline.page.locator('.health-pill[data-state="live"]').waitFor();

  await chalkline.page.keyboard.press('Escape');
  await chalkline.backToLive();
  await expect.poll(() => chalkline.p95('checkout', 'payments')).toBeGreaterThan(300);
  expect(await chalkline.pillText('checkout', 'payments')).not.toContain('of the past');
  expect((await chalkline.exportAs('SVG')).toString('utf8')).not.toContain('Not live');
});

it('two times are compared by dragging a second band; what was frozen travels with PNG and JSON', async () => {
  const chalkline = await open();
  await withIncident(chalkline);
  await chalkline.timeline.getByRole('button', { name: 'Event', exact: true }).click();
  await chalkline.page.keyboard.press('Escape');
  await chalkline.timeline.getByRole('button', { name: /^incident: Incident began/ }).waitFor();

  await chalkline.timeline.getByRole('button', { name: 'Compare', exact: true }).click();
  await chalkline.compared.waitFor();
  for (let step = 0; step < 8; step++) {
    if (/[34][\d.]* times baseline/.test(await chalkline.pillText('checkout', 'payments'))) break;
    await chalkline.compared.press('ArrowLeft');
    await chalkline.page.waitForTimeout(600);
  }
  expect(await chalkline.pillText('checkout', 'payments')).toMatch(/[\d.]+ times baseline/);
  expect(await chalkline.pillText('catalog', 'catalog-db')).not.toMatch(/[\d.]+ times baseline/);
  await chalkline.timeline.getByRole('button', { name: 'Compare', exact: true }).click();
  expect(await chalkline.pillText('checkout', 'payments')).not.toMatch(/baseline/);

  await scrubBefore(chalkline);
  await chalkline.menu('Investigate', 'Take a “before” snapshot');
  await chalkline.told('Before taken');
  await chalkline.press('End');
  await chalkline.pastBadge.waitFor({ state: 'detached' });
  await chalkline.menu('Investigate', 'Take an “after” snapshot');
  await chalkline.told('After taken. Every edge is compared with Before.');
  await expect.poll(() => chalkline.pillText('checkout', 'payments')).toMatch(/[\d.]+ times baseline/);

  const png = await chalkline.exportAs('PNG');
  const json = await chalkline.boardJson();
  const frozen = ({ snapshots }: Board) =>
    Object.values(snapshots)
      .sort((a, b) => a.at - b.at)
      .map(({ name, window, readings }) => [name, window, readings.length > 50]);
  expect(frozen(json)).toEqual([
    ['Before', 10_000, true],
    ['After', 1000, true],
  ]);
  expect(Object.values(json.events)).toMatchObject([{ kind: 'incident', name: 'Incident began' }]);

  // elsewhere, where no source knows of that time, the board still shows it
  const other = await open();
  await other.drop('board.png', png, 'image/png');
  await other.edge('checkout', 'payments').waitFor();
  await other.tab('Measure');
  await other.page.getByRole('button', { name: 'Look at Before' }).waitFor();
  expect(frozen(await other.boardJson())).toEqual(frozen(json));
  await other.click('Look at Before');
  await other.pastBadge.getByText('Before', { exact: true }).waitFor();
  expect(await other.p95('checkout', 'payments')).toBeLessThan(250);
});

it('is worked by keys: steps, larger steps, the ends, and away', async () => {
  const chalkline = await open();
  await chalkline.edge('checkout', 'payments').waitFor();
  await chalkline.showTimeline();
  const seconds = async () => Number(await chalkline.moment.getAttribute('aria-valuenow'));
  await chalkline.moment.press('ArrowLeft');
  await chalkline.pastBadge.waitFor();
  const first = await seconds();
  await chalkline.moment.press('ArrowLeft');
  expect(first - (await seconds())).toBe(5);
  await chalkline.moment.press('Shift+ArrowLeft');
  expect(first - (await seconds())).toBe(55);
  await chalkline.moment.press('ArrowRight');
  expect(first - (await seconds())).toBe(50);
  await chalkline.moment.press('Home');
  await chalkline.pastBadge.getByText('Nothing was measured then.').waitFor();
  expect(await chalkline.p95('checkout', 'payments')).toBeNull();
  await chalkline.moment.press('End');
  await chalkline.pastBadge.waitFor({ state: 'detached' });
  await chalkline.dragBand(chalkline.moment, -100);
  await chalkline.pastBadge.waitFor();
  await chalkline.press('Escape');
  await chalkline.pastBadge.waitFor({ state: 'detached' });
  await chalkline.press('y');
  await chalkline.timeline.waitFor({ state: 'detached' });
});

it('events are written down at the moment shown, renamed, taken away, and all of it undone', async () => {
  const chalkline = await open();
  await chalkline.edge('checkout', 'payments').waitFor();
  await chalkline.press('Shift+I');
  const incident = chalkline.timeline.getByRole('button', { name: /^incident: / });
  await incident.click();
  const name = chalkline.timeline.getByRole('textbox', { name: 'What happened' });
  await name.fill('Pager went off');
  await name.press('Enter');
  await chalkline.timeline.getByRole('combobox', { name: 'Kind' }).selectOption('alert');
  const alert = chalkline.timeline.getByRole('button', { name: /^alert: Pager went off/ });
  await alert.waitFor();
  await chalkline.timeline.getByRole('button', { name: 'Delete Pager went off' }).click();
  await alert.waitFor({ state: 'detached' });
  await chalkline.undo();
  await alert.waitFor();
  await chalkline.undo();
  await chalkline.undo();
  await chalkline.timeline.getByRole('button', { name: /^incident: Incident began/ }).waitFor();
  await chalkline.undo();
  await incident.waitFor({ state: 'detached' });
});

it('a Prometheus is asked for what was; when it can’t say, one sentence does, and nothing wrong is shown', async () => {
  const server = await startServer();
  const edge = { client: 'front', server: 'back', connection_type: '' };
  // a minute ago everything took up to a second, now hardly anything does
  const slowUntil = Date.now() / 1000 - 60;
  server.state.answer = (query, _, at) => {
    if (query === 'vector(time())') return [seriesOf({}, String(at))];
    if (query.includes('ALERTS')) return at < slowUntil ? [seriesOf({ alertname: 'TooSlow' }, '1')] : [];
    if (query.includes('_seconds_bucket['))
      return query.includes('messaging') ? [] : bucketsOf(edge, at < slowUntil ? 0 : 9.9, 10, 10);
    return query.includes('failed_total') ? [] : [seriesOf(edge, '10')];
  };
  try {
    const chalkline = await open({ expectComplaint: /ERR_|Failed to load resource/ });
    await chalkline.newBoard();
    await chalkline.tab('Sources');
    await chalkline.page.getByLabel('URL').fill(server.url);
    await chalkline.page.getByRole('button', { name: 'Connect', exact: true }).click();
    await chalkline.edge('front', 'back').waitFor();
    await expect.poll(() => chalkline.p95('front', 'back'), { timeout: 15_000 }).not.toBeNull();
    expect(await chalkline.p95('front', 'back')).toBeLessThan(100);
    await chalkline.press(',');
    await expect.poll(() => chalkline.p95('front', 'back'), { timeout: 15_000 }).toBeLessThan(100);
    await chalkline.moment.press('Shift+ArrowLeft');
    await chalkline.moment.press('Shift+ArrowLeft');
    await expect.poll(() => chalkline.p95('front', 'back'), { timeout: 15_000 }).toBeGreaterThan(900);
    await chalkline.backToLive();
    expect(await chalkline.p95('front', 'back')).toBeLessThan(100);

    const alert = chalkline.timeline.getByRole('button', { name: /^alert: TooSlow, .* to / });
    for (const told of ['1 brought.', 'All alerts are there already.']) {
      await chalkline.timeline.getByRole('button', { name: 'Bring alerts' }).click();
      await chalkline.told(told);
      expect(await alert.count()).toBe(1);
    }

    await server.close();
    await chalkline.page.waitForTimeout(1000);
    await chalkline.moment.press('Home');
    await chalkline.pastBadge
      .getByRole('status')
      .filter({ hasText: /^Prometheus .+\.$/ })
      .waitFor({ timeout: 30_000 });
    expect(await chalkline.p95('front', 'back')).toBeNull();
  } finally {
    await server.close().catch(() => {});
  }
});
