/** Charts: what is selected through time, pointed at, gone to, and taken along. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();
/** Figures come once a second. */
const PATIENCE = { timeout: 15_000 };
const OF = 'checkout → payments';

async function opened(chalkline: Chalkline): Promise<void> {
  await chalkline.edge('checkout', 'payments').waitFor();
  await expect.poll(() => chalkline.p95('checkout', 'payments'), { timeout: 15_000 }).not.toBeNull();
  await chalkline.selectEdge('checkout', 'payments');
  await chalkline.showCharts();
  await chalkline.press('Shift+1');
  await chalkline.chart('Latency', OF).waitFor();
}

const headOf = (text: string) => text.split('\r\n')[0]!.split(',');
const rowsOf = (text: string) =>
  text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => Object.fromEntries(line.split(',').map((value, i) => [headOf(text)[i]!, value])));

it('the charts of an edge say what its pill says, live and where they are clicked; and they leave as CSV', async () => {
  const chalkline = await open();
  await opened(chalkline);
  expect(await chalkline.charted()).toEqual([OF]);
  const shown = async () => {
    const legend = await chalkline.legend('Latency', OF, 'p95');
    return [Number.parseFloat(legend), await chalkline.p95('checkout', 'payments')];
  };
  await expect
    .poll(async () => {
      const [legend, pill] = await shown();
      return Math.abs(legend! - pill!);
    }, PATIENCE)
    .toBe(0);
  expect(await chalkline.legend('Rate', OF, 'Rate')).toMatch(/^[\d.]+ \/s$/);
  expect(await chalkline.legend('Errors', OF, 'Errors')).toMatch(/ %$/);
  await chalkline.charts
    .getByText(/^Simulator · caller side · over ./)
    .first()
    .waitFor();

  // a click goes to that moment: board and charts speak of it alike
  await chalkline.page.waitForTimeout(15_000);
  const late = await chalkline.inChart('Latency', OF, 0.99);
  await chalkline.page.mouse.move(late.x, late.y);
  await chalkline.page.mouse.click(late.x, late.y);
  await chalkline.pastBadge.waitFor();
  await chalkline.page.mouse.move(20, 700);
  await expect.poll(() => chalkline.p95('checkout', 'payments')).not.toBeNull();
  await expect
    .poll(async () => {
      const [legend, pill] = await shown();
      return Math.abs(legend! - pill!);
    }, PATIENCE)
    .toBe(0);
  await chalkline.charts.getByRole('button', { name: 'Back to live' }).click();
  await chalkline.pastBadge.waitFor({ state: 'detached' });

  const file = await chalkline.download(() => chalkline.click('Export the charts as CSV'));
  const pill = (await chalkline.p95('checkout', 'payments'))!;
  expect(file.name).toMatch(/^demo-a-small-shop-charts-\d{4}-\d\d-\d\dt[\d-]+\.csv$/);
  const rows = rowsOf(file.bytes.toString('utf8'));
  const p95 = rows.filter(({ metric, quantile }) => metric === 'latency' && quantile === '0.95');
  // of the past one for every step, then one a second: how many depends on when it was looked back last
  const covered = Date.parse(p95.at(-1)!.time!) - Date.parse(p95[0]!.time!);
  expect(covered).toBeGreaterThan(8000);
  expect(p95.at(-1)).toMatchObject({ subject: OF, side: 'caller', source: 'Simulator', unit: 'ms' });
  // the file was made a moment before the pill was read
  const last = p95.slice(-4).map(({ value }) => Number(Number(value).toPrecision(3)));
  expect(Math.min(...last.map((value) => Math.abs(value / pill - 1)))).toBeLessThan(0.1);
  for (const { value, low, high } of p95) {
    expect(Number(value)).toBeGreaterThanOrEqual(Number(low));
    expect(Number(value)).toBeLessThanOrEqual(Number(high));
  }
  expect(new Set(rows.map(({ metric }) => metric))).toEqual(new Set(['latency', 'rate', 'errors']));

  const picture = await chalkline.download(() => chalkline.click('Export the charts as a picture'));
  expect(picture.name).toMatch(/charts.*\.png$/);
  expect(picture.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(picture.bytes.length).toBeGreaterThan(5000);
});

it('without a selection the worst edges are shown, and it is said so; parts side by side, instance by instance', async () => {
  const chalkline = await open();
  await chalkline.edge('checkout', 'payments').waitFor();
  await expect.poll(() => chalkline.p95('checkout', 'payments'), { timeout: 15_000 }).not.toBeNull();
  await chalkline.showCharts();
  await chalkline.charts.getByText('Nothing is selected: the 4 edges that are slowest').waitFor();
  await expect.poll(() => chalkline.charted()).toHaveLength(4);
  expect(await chalkline.charted()).toContain('edge → checkout');

  await chalkline.press('Shift+1');
  await chalkline.select('catalog', 'cart');
  await expect.poll(() => chalkline.charted()).toEqual(['catalog', 'cart']);
  await expect.poll(() => chalkline.legend('Saturation', 'catalog', 'CPU'), PATIENCE).toMatch(/ %$/);
  await chalkline.click('Per instance');
  await expect.poll(() => chalkline.legend('CPU', 'catalog', 'catalog-1'), PATIENCE).toMatch(/ %$/);
  expect(await chalkline.legend('CPU', 'cart', 'cart-2')).toMatch(/ %$/);
  await chalkline.click('As a table');
  const row = chalkline.charts.getByRole('row').filter({ hasText: 'catalog-3' });
  expect(await row.getByRole('cell').allInnerTexts()).toEqual([
    'CPU',
    'catalog-3',
    expect.stringMatching(/ %$/),
    expect.stringMatching(/ %$/),
    expect.stringMatching(/ %$/),
    expect.stringMatching(/^\d\d:\d\d:\d\d$/),
    expect.stringMatching(/^\d+$/),
  ]);
});

it('is worked by keys: the crosshair steps through all charts, Enter goes there, Esc lets go', async () => {
  const chalkline = await open();
  await opened(chalkline);
  await chalkline.page.waitForTimeout(9000);
  const latency = chalkline.chart('Latency', OF);
  await latency.focus();
  const live = await chalkline.chartSays('Latency', OF);
  expect(live).toMatch(/^\d\d:\d\d:\d\d: p50 [\d.]+ ms, p95 [\d.]+ ms, p99 [\d.]+ ms$/);
  await chalkline.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft');
  const timeOf = (words: string) => words.slice(0, 8);
  await expect.poll(async () => timeOf(await chalkline.chartSays('Latency', OF)) < timeOf(live)).toBe(true);
  const pointed = timeOf(await chalkline.chartSays('Latency', OF));
  expect(await chalkline.chartSays('Rate', OF)).toMatch(new RegExp(`^${pointed}: Rate [\\d.]+ /s$`));
  await chalkline.press('Home', 'Enter');
  await chalkline.pastBadge.waitFor();
  await chalkline.press('Escape');
  await chalkline.charts.getByRole('button', { name: 'Back to live' }).click();
  await chalkline.pastBadge.waitFor({ state: 'detached' });

  const height = async () => (await chalkline.charts.boundingBox())!.height;
  const before = await height();
  await chalkline.charts.getByRole('separator', { name: 'Height of the charts' }).focus();
  await chalkline.press('ArrowUp', 'ArrowUp');
  expect((await height()) - before).toBe(48);
  await chalkline.page.getByRole('radio', { name: 'Linear' }).click();
  await chalkline.press('y');
  await chalkline.charts.waitFor({ state: 'detached' });
  await chalkline.press('y');
  await chalkline.charts.waitFor();
  await chalkline.press('Shift+Y');
  await chalkline.charts.waitFor({ state: 'detached' });
  await chalkline.timeline.waitFor();
});

describe.each(['light', 'dark'] as const)('for everybody, %s', (theme) => {
  it.each([
    [1280, 800],
    [1920, 1080],
  ] as const)(
    'at %i × %i: no serious fault, on one page with snapshots, events and a comparison',
    async (width, height) => {
      const chalkline = await open({ theme, width, height, bypassPolicy: true });
      await opened(chalkline);
      await chalkline.timeline.getByLabel('Over how long').selectOption({ label: 'over 10 s' });
      await chalkline.page.waitForTimeout(15_000);
      await chalkline.menu('Investigate', 'Take a baseline');
      await chalkline.slowDown('payments');
      await chalkline.page.waitForTimeout(12_000);
      await chalkline.press('Shift+I', ',');
      await chalkline.pastBadge.waitFor();
      await chalkline.tab('Inspector');
      const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
      const violations = async () => {
        await chalkline.page.evaluate(axe);
        return chalkline.page.evaluate(async () => {
          const { axe } = window as unknown as { axe: typeof import('axe-core') };
          const found = await axe.run(document, { resultTypes: ['violations'] });
          return found.violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`);
        });
      };
      expect(await violations()).toEqual([]);
      await chalkline.screenshot(`charts-${theme}-${width}`);
      await chalkline.click('Per instance');
      expect(await violations()).toEqual([]);
      await chalkline.screenshot(`charts-${theme}-${width}-instances`);
      await chalkline.click('As a table');
      expect(await violations()).toEqual([]);
      await chalkline.screenshot(`charts-${theme}-${width}-table`);
    },
  );
});
