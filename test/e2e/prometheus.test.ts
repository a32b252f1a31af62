/** A Prometheus that is dead, slow and well again: what is shown grows stale, says so, and recovers by itself. */
import { afterEach, expect, it } from 'vitest';
import { bucketsOf, seriesOf, startServer } from '../telemetry/prometheus-server.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

let server: Awaited<ReturnType<typeof startServer>> | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});
// hooks run backwards: the page is closed before its server
const open = oneBrowser();

const EDGE = { client: 'front', server: 'back', connection_type: '' };

/** Ninety-nine in a hundred below 100 ms: the p95 lies between 0 and 100 ms. */
function well(query: string) {
  if (query.includes('_seconds_bucket['))
    return query.includes('messaging') ? [] : bucketsOf(EDGE, 9.9, 10, 10);
  if (query.includes('failed_total')) return [];
  return [seriesOf(EDGE, '10')];
}

async function connect(chalkline: Chalkline, url: string): Promise<void> {
  await chalkline.tab('Sources');
  await chalkline.page.getByLabel('URL').fill(url);
  await chalkline.page.getByLabel('Ask every').selectOption('2000');
  await chalkline.page.getByRole('button', { name: 'Connect', exact: true }).click();
}

it('draws what Prometheus saw; dead, slow and well again are told, and nothing freezes', async () => {
  server = await startServer();
  server.state.answer = well;
  const chalkline = await open({ expectComplaint: /ERR_|Failed to load resource/ });
  await chalkline.newBoard();
  await connect(chalkline, server.url);
  await chalkline.edge('front', 'back').waitFor();
  const said = () => chalkline.pillText('front', 'back');
  await expect.poll(said, { timeout: 15_000 }).toMatch(/p95 [\d.]+ milliseconds$/);
  expect(Object.values((await chalkline.boardJson()).sources).map(({ type }) => type)).toEqual([
    'prometheus',
  ]);
  await chalkline.stopped();
  const longTasks = await chalkline.watchLongTasks();

  const pill = chalkline.page.locator('.health-pill').filter({ hasText: 'Prometheus' });
  const state = (name: string) =>
    chalkline.page.locator(`.health-pill[data-state="${name}"]`).waitFor({ timeout: 30_000 });
  await server.close();
  await state('stale');
  await pill.filter({ hasText: /stale for \d+ s/ }).waitFor();
  const facts = chalkline.page.getByRole('complementary', { name: 'Facts' });
  await facts.getByText(/could not be reached; asking again/).waitFor();
  expect(await said()).toMatch(/p95 [\d.]+ milliseconds, stale, \d+ s ago/);

  await server.reopen();
  await state('live');
  await expect.poll(said, { timeout: 15_000 }).toMatch(/p95 [\d.]+ milliseconds$/);

  // answers nothing more, without closing the connection
  server.state.answer = () => undefined;
  await state('stale');
  await facts
    .getByText(/gave no answer within|has not answered/)
    .first()
    .waitFor();
  server.state.answer = well;
  await state('live');
  await expect.poll(said, { timeout: 15_000 }).not.toMatch(/stale/);
  // the machine of the test may be busy with other things: a freeze is more than one frame too late
  expect((await longTasks()).filter((ms) => ms > 200)).toEqual([]);
});

it('says when nobody answers at that address, and refuses what is none', async () => {
  const chalkline = await open({ expectComplaint: /ERR_|Failed to load resource/ });
  await chalkline.newBoard();
  await connect(chalkline, 'ftp://prometheus');
  await chalkline.page.getByRole('alert').filter({ hasText: 'use http://' }).waitFor();
  await connect(chalkline, 'http://127.0.0.1:9');
  const facts = chalkline.page.getByRole('complementary', { name: 'Facts' });
  await facts.getByText(/could not be reached/).waitFor();
  expect(Object.keys((await chalkline.boardJson()).nodes)).toEqual([]);
});
