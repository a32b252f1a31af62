/** Live figures: each repaints its own label, and touches neither the board nor what else is on the page. */
import { expect, it } from 'vitest';
import { oneBrowser } from './driver.ts';

const open = oneBrowser();

it('readings change the texts of figures and nothing else: no element comes, goes or is styled anew', async () => {
  const chalkline = await open();
  await chalkline.edge('edge', 'cart').waitFor();
  const before = await chalkline.boardJson();
  await chalkline.page.getByRole('button', { name: 'Put away', exact: true }).click();
  await chalkline.stopped();
  const seen = await chalkline.page.evaluate(async () => {
    // what was clicked may still settle
    await new Promise((end) => setTimeout(end, 1500));
    const others: string[] = [];
    let figures = 0;
    const describe = (node: Node) => {
      const element = node instanceof Element ? node : node.parentElement;
      return `${element?.tagName}.${element?.getAttribute('class')} "${element?.textContent?.slice(0, 40)}"`;
    };
    const watch = new MutationObserver((records) => {
      for (const record of records) {
        const element = record.target instanceof Element ? record.target : record.target.parentElement;
        const ofFigure = element?.closest('.node-card .figures, .health-pill');
        if (ofFigure) figures += 1;
        else others.push(`${record.type} ${record.attributeName ?? ''} ${describe(record.target)}`);
      }
    });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    await new Promise((end) => setTimeout(end, 3000));
    watch.disconnect();
    return { figures, others: [...new Set(others)] };
  });
  expect(seen.others).toEqual([]);
  expect(seen.figures).toBeGreaterThan(3);
  await chalkline.page.getByRole('button', { name: 'Undo', exact: true, disabled: true }).waitFor();
  expect(await chalkline.boardJson()).toEqual(before);
});

it('a chosen edge shows what is measured on it, and that it is simulated', async () => {
  const chalkline = await open();
  await chalkline.selectEdge('edge', 'cart');
  const facts = chalkline.page.getByRole('complementary', { name: 'Facts' });
  for (const words of ['p50', 'p95', 'p99', 'Rate', 'Errors', 'Simulated'])
    await facts.getByText(words, { exact: true }).first().waitFor();
  await chalkline.page.getByRole('radio', { name: 'p50', exact: true }).click();
  expect(await chalkline.pillText('edge', 'cart')).toMatch(/p50 [\d.]+ milliseconds/);
});

it('with a baseline taken, a slow service shows on its edges and not on others', async () => {
  const chalkline = await open();
  await chalkline.edge('edge', 'cart').waitFor();
  await chalkline.menu('Investigate', 'Take a baseline');
  await chalkline.told('Baseline taken');
  await chalkline.tab('Sources');
  await chalkline.page.getByText('Make something misbehave').click();
  await chalkline.page.getByLabel('On', { exact: true }).selectOption({ label: 'payments' });
  await chalkline.page.getByRole('button', { name: 'Let it misbehave' }).click();
  const slow = chalkline.edge('checkout', 'payments');
  await expect
    .poll(() => chalkline.pillText('checkout', 'payments'), { timeout: 30_000 })
    .toMatch(/[\d.]+ times baseline/);
  await slow.waitFor();
  expect(await chalkline.pillText('catalog', 'catalog-db')).not.toMatch(/[\d.]+ times baseline/);
});
