/** What Prometheus knows of a part: on its card the two that matter, in the inspector all, and whom they speak of. */
import { afterEach, expect, it } from 'vitest';
import { seriesOf, startServer } from '../telemetry/prometheus-server.ts';
import { oneBrowser } from './driver.ts';

let server: Awaited<ReturnType<typeof startServer>> | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});
// hooks run backwards: the page is closed before its server
const open = oneBrowser();

const NAMES = [
  'traces_service_graph_request_total',
  ...['container_cpu_usage_seconds_total', 'container_spec_cpu_quota', 'container_spec_cpu_period'],
  'container_memory_working_set_bytes',
  ...['p50', 'p90', 'p99'].map((p) => `nodejs_eventloop_lag_${p}_seconds`),
  ...['hikaricp_connections_active', 'hikaricp_connections_max', 'hikaricp_connections_pending'],
];
const PODS = ['back-7d9f8b6c5-x2x8z', 'back-7d9f8b6c5-q5zrt'];

const perPod = (...values: string[]) =>
  values.map((value, i) => seriesOf({ container: 'back', pod: PODS[i]!, namespace: 'shop' }, value));
const pool = (value: string) => [seriesOf({ job: 'back', instance: PODS[0]!, pool: 'main' }, value)];

function answer(query: string) {
  if (query.includes('request_total'))
    return [seriesOf({ client: 'front', server: 'back', connection_type: '' }, '10')];
  if (query.includes('spec_cpu_quota')) return perPod('0.25', '0.875');
  if (query.includes('working_set')) return perPod('104857600', '209715200');
  if (query.includes('eventloop'))
    return [0.5, 0.9, 0.99].map((q) =>
      seriesOf({ job: 'back', instance: PODS[0]!, quantile: String(q) }, String(q / 100)),
    );
  if (query.includes('connections_active')) return pool('0.5');
  return query.includes('pending') ? pool('3') : [];
}

it('figures of a part stand on its card and, grouped and per instance, in the inspector', async () => {
  server = await startServer(NAMES);
  server.state.answer = answer;
  const chalkline = await open();
  const { page } = chalkline;
  await chalkline.newBoard();
  await chalkline.tab('Sources');
  await page.getByLabel('URL').fill(server.url);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await chalkline.edge('front', 'back').waitFor();

  const card = chalkline.node('back');
  await expect.poll(() => card.textContent(), { timeout: 15_000 }).toMatch(/cpu\s*87\.5 %.*pool\s*50 %/);

  await chalkline.select('back');
  await chalkline.tab('Inspector');
  const facts = page.getByRole('complementary', { name: 'Facts' });
  const figures = facts.locator('.metric-group');
  await expect
    .poll(() => figures.locator('h4').allTextContents(), { timeout: 15_000 })
    .toEqual(['Saturation', 'Machine']);
  const terms = async () => (await figures.locator('dt, dd').allTextContents()).join(' | ');
  expect(await terms()).toContain('CPUshare of its CPU limit, highest of 2 instances | 87.5 %');
  expect(await terms()).toContain('Memoryworking set | 300 MiB');
  // The source gave only some quantiles, and not the one that is chosen.
  expect(await terms()).toContain('Event loop lag p99 | 9.9 ms');
  expect(await terms()).toContain('Waiting for the pool | 3');
  const rows = await facts.getByRole('table', { name: 'Instances' }).locator('tbody th').allTextContents();
  expect(rows.sort()).toEqual(PODS.toSorted());
});
