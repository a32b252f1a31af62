/** Divide and conquer, to its end, in the simulated system: one part is taken out at a time until one is left. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { violations } from './axe.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();

async function slowed(chalkline: Chalkline): Promise<void> {
  await chalkline.tab('Measure');
  await chalkline.click('Take a baseline');
  await chalkline.slowDown('payments');
  await expect
    .poll(async () => (await chalkline.p95('checkout', 'payments')) ?? 0, { timeout: 30_000 })
    .toBeGreaterThan(250);
  await chalkline.tab('Experiments');
}

it('takes out what tells most, measures before and after, and ends with the one that is guilty', {
  timeout: 240_000,
}, async () => {
  const chalkline = await open();
  const { page } = chalkline;
  await slowed(chalkline);
  const panel = page.getByRole('tabpanel', { name: 'Experiments' });
  // how sure it can get depends on the moments that were measured
  await page.getByLabel('It is called found above').selectOption('0.8');
  const isSettled = async () => (await panel.locator('.settled').count()) > 0;
  for (let step = 0; step < 6 && !(await isSettled()); step++) {
    await chalkline.click('Look again');
    await panel.locator('.trials button').first().click();
    await panel.getByText(/^If it is guilty/).waitFor();
    await chalkline.click('Measure before');
    await chalkline.click('Take it out of the simulation');
    await panel.getByText(/^Out since/).waitFor();
    await panel
      .getByRole('button', { name: 'Measure after', exact: true, disabled: false })
      .click({ timeout: 30_000 });
    await panel
      .getByText(/(the symptom is gone|better|worse|can’t tell)/)
      .first()
      .waitFor();
    await chalkline.click('Put it back');
    await panel.getByText('What was tried').waitFor();
  }
  await expect
    .poll(() => panel.locator('.settled').textContent())
    .toMatch(/^It is payments, with [89]\d(\.\d+)? % probability/);
  const board = await chalkline.boardJson();
  const experiments = Object.values(board.experiments);
  expect(experiments.length).toBeGreaterThan(0);
  for (const { before, after, since, until } of experiments) {
    expect(board.snapshots[before!]!.at).toBeLessThanOrEqual(since!);
    expect(board.snapshots[after!]!.at).toBeLessThanOrEqual(until!);
  }
  const [report] = await Promise.all([page.waitForEvent('download'), chalkline.click('Write the report')]);
  const text = readFileSync(await report.path(), 'utf8');
  expect(text).toMatch(/\| payments \| [89]\d/);
  expect(text).toMatch(/!\[.*\]\(data:image\/png;base64,/);
});

it('shows what is out, and lets a step be withdrawn and taken up again', async () => {
  const chalkline = await open();
  const { page } = chalkline;
  await slowed(chalkline);
  await chalkline.select('payments');
  await chalkline.click('Take out payments');
  await chalkline.click('Measure before');
  await chalkline.click('Take it out of the simulation');
  await page.getByRole('group', { name: /payments.*, out$/ }).waitFor();
  await page.getByRole('group', { name: /card network.*cut off/ }).waitFor();
  await chalkline.click('Withdraw');
  await page.getByText('Withdrawn: nothing is concluded from it.').waitFor();
  expect(await page.getByRole('group', { name: /, out$/ }).count()).toBe(0);
  await chalkline.undo();
  await page.getByRole('group', { name: /payments.*, out$/ }).waitFor();
});

it.each(['light', 'dark'] as const)(
  'lies on the timeline from its beginning to its verdict, and leads from there to the log, %s',
  async (theme) => {
    const chalkline = await open({ theme, bypassPolicy: true });
    const { page } = chalkline;
    await slowed(chalkline);
    await chalkline.select('payments');
    await chalkline.click('Take out payments');
    await chalkline.click('Measure before');
    await chalkline.click('Take it out of the simulation');
    await chalkline.showTimeline();
    await chalkline
      .triedOnTimeline(/^Experiment: Stub payments\. Measured before at [\d:]+\. Out from [\d:]+ on\.$/)
      .waitFor();
    await page
      .getByRole('button', { name: 'Measure after', exact: true, disabled: false })
      .click({ timeout: 30_000 });
    await chalkline.click('Put it back');
    const tried = chalkline.triedOnTimeline(
      /Out from [\d:]+ to [\d:]+\. Measured after at [\d:]+\. p95 of .+: the symptom is gone\.$/,
    );
    await tried.waitFor();

    await chalkline.select('checkout');
    await chalkline.tab('Inspector');
    const words = await tried.getAttribute('aria-label');
    await tried.hover();
    expect(await chalkline.toldOnTimeline.textContent()).toBe(words);
    await page.mouse.move(640, 300);
    await chalkline.toldOnTimeline.waitFor({ state: 'detached' });
    await tried.focus();
    expect(await chalkline.toldOnTimeline.textContent()).toBe(words);

    await page.keyboard.press('Enter');
    const row = page
      .getByRole('tabpanel', { name: 'Experiments' })
      .getByRole('listitem')
      .and(page.locator('[aria-current]'));
    await row.getByText('Stub payments.').waitFor();
    expect(await tried.getAttribute('aria-pressed')).toBe('true');
    expect(await chalkline.selected()).toEqual(['service payments, Java']);
    await row.getByRole('button', { name: 'Withdraw' }).click();
    await chalkline.triedOnTimeline(/Withdrawn: nothing is concluded from it\.$/).waitFor();
    expect(await violations(page)).toEqual([]);
    await chalkline.screenshot(`tried-${theme}`);
  },
);
