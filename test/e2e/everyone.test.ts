/** Chalkline without a mouse, without sight of the screen, on a touched screen, and for eyes that need more contrast. */
import type { CDPSession } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();

type At = { x: number; y: number };

/** Fingers of a real touch screen, as the browser gets them. */
class Fingers {
  readonly #session: CDPSession;
  constructor(session: CDPSession) {
    this.#session = session;
  }
  #send(type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly At[]) {
    return this.#session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map((each) => ({ ...each })),
    });
  }
  async drag(from: At, to: At): Promise<void> {
    await this.#send('touchStart', [from]);
    for (let i = 1; i <= 8; i++)
      await this.#send('touchMove', [
        { x: from.x + ((to.x - from.x) * i) / 8, y: from.y + ((to.y - from.y) * i) / 8 },
      ]);
    await this.#send('touchEnd', []);
  }
  async spread(middle: At, from: number, to: number): Promise<void> {
    const pair = (apart: number) => [
      { x: middle.x - apart, y: middle.y },
      { x: middle.x + apart, y: middle.y },
    ];
    await this.#send('touchStart', pair(from));
    for (let i = 1; i <= 8; i++) await this.#send('touchMove', pair(from + ((to - from) * i) / 8));
    await this.#send('touchEnd', []);
  }
  async hold(at: At, until: () => Promise<void>): Promise<void> {
    await this.#send('touchStart', [at]);
    await until();
    await this.#send('touchEnd', []);
  }
}

async function openTouched(): Promise<{ chalkline: Chalkline; fingers: Fingers }> {
  const chalkline = await open({ touch: true });
  await chalkline.newBoard();
  await chalkline.place('service', { x: 300, y: 300 }, 'a');
  await chalkline.place('service', { x: 640, y: 420 }, 'b');
  await chalkline.press('Escape');
  const session = await chalkline.context.newCDPSession(chalkline.page);
  return { chalkline, fingers: new Fingers(session) };
}

const widthOf = async (chalkline: Chalkline, name: string) =>
  (await chalkline.node(name).boundingBox())!.width;

test('one finger pans, two zoom', async () => {
  const { chalkline, fingers } = await openTouched();
  const before = await chalkline.middleOf(chalkline.node('a'));
  await fingers.drag({ x: 500, y: 600 }, { x: 560, y: 560 });
  const after = await chalkline.middleOf(chalkline.node('a'));
  expect([Math.round(after.x - before.x), Math.round(after.y - before.y)]).toEqual([60, -40]);
  const width = await widthOf(chalkline, 'a');
  await fingers.spread({ x: 480, y: 560 }, 60, 120);
  expect(await widthOf(chalkline, 'a')).toBeGreaterThan(width * 1.5);
});

test('a tap selects, a finger connects, a long press opens the menu', async () => {
  const { chalkline, fingers } = await openTouched();
  const { page } = chalkline;
  const at = await chalkline.middleOf(chalkline.node('a'));
  await page.touchscreen.tap(at.x, at.y);
  expect(await chalkline.selected()).toEqual(['service a']);
  await fingers.drag(
    await chalkline.middleOf(chalkline.handle('a', 'right')),
    await chalkline.middleOf(chalkline.node('b')),
  );
  await chalkline.edge('a', 'b').waitFor();
  const b = await chalkline.middleOf(chalkline.node('b'));
  await fingers.hold(b, () => page.getByRole('menu', { name: 'Selection' }).waitFor());
  expect(await chalkline.selected()).toEqual(['service b']);
  await page.getByRole('menuitem', { name: /^Mark as suspected/ }).tap();
  expect(Object.values((await chalkline.boardJson()).marks)[0]).toMatchObject({ status: 'suspected' });
});

test('what changes on the board is said aloud', async () => {
  const chalkline = await open();
  await chalkline.newBoard();
  const said = chalkline.page.locator('.announcer');
  await chalkline.press('Control+k');
  await chalkline.page.getByRole('combobox', { name: 'Sketch, find or do' }).fill('checkout -> payments');
  await chalkline.page.getByRole('option', { name: /^Draw/ }).waitFor();
  await chalkline.press('Enter');
  await expect
    .poll(() => said.textContent())
    .toBe('service checkout, service payments added; checkout to payments connected');
  await chalkline.undo();
  await expect.poll(() => said.textContent()).toBe('checkout, payments removed');
});

test('the whole job by keyboard alone: sketch, lay out, read, suspect, leave', async () => {
  const chalkline = await open();
  const { page } = chalkline;
  await chalkline.press('Control+k');
  await page.getByRole('combobox').fill('new board');
  await page.getByRole('option', { name: /^New board/ }).waitFor();
  await chalkline.press('Enter');
  await page.getByText('Draw it').waitFor();
  await chalkline.press('Control+k');
  await page
    .getByRole('combobox')
    .pressSequentially('client:shopper -> edge -> checkout ?> postgres:orders-db', { delay: 0 });
  await page.getByRole('option', { name: /^Draw 4 parts/ }).waitFor();
  await chalkline.press('Enter');
  await chalkline.press('Escape', 'Shift+L');
  await chalkline.stopped();
  // Tab goes through the cards and pills; each says what it is, and a pill its latency
  const visited: string[] = [];
  for (let i = 0; i < 60; i++) {
    await chalkline.press('Tab');
    const name = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    visited.push(name);
    if (/^edge edge to checkout, p95 [\d.]+ (milli|micro)?seconds/.test(name)) break;
  }
  expect(visited.at(-1)).toMatch(/^edge edge to checkout, p95/);
  expect(visited).toContain('service checkout');
  await chalkline.press('Enter', 'm');
  const hypothesis = page.getByPlaceholder('Why? What would show it?');
  await hypothesis.waitFor();
  await hypothesis.focus();
  await page.keyboard.type('slow since the deploy');
  await chalkline.press('Enter');
  await page.locator('body').press('Control+e');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.waitFor();
  const { name, bytes } = await chalkline.download(async () => {
    await dialog.getByRole('button', { name: /^Export/ }).focus();
    await chalkline.press('Enter');
  });
  expect(name).toMatch(/\.png$/);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  const { marks, edges } = await chalkline.boardJson();
  expect(Object.values(marks)[0]).toMatchObject({ status: 'suspected', hypothesis: 'slow since the deploy' });
  expect(Object.keys(edges)).toContain(Object.values(marks)[0]!.subject.id);
});

test('more contrast where it is asked for, and no motion where that is', async () => {
  const plain = await open({ theme: 'dark' });
  const strong = await open({ theme: 'dark', contrast: 'more', motion: 'reduce' });
  const line = (chalkline: Chalkline) =>
    chalkline.page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue('--line').trim(),
    );
  const ink = (chalkline: Chalkline) =>
    chalkline.page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue('--ink').trim(),
    );
  expect(await line(strong)).toBe(await ink(strong));
  expect(await line(plain)).not.toBe(await ink(plain));
  const moving = await strong.page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((element) => {
        const style = getComputedStyle(element);
        const times = `${style.transitionDuration}, ${style.animationDuration}`.split(',');
        return times.some((time) => Number.parseFloat(time) > 0.001);
      }).length,
  );
  expect(moving).toBe(0);
});

test('preferences outlive the page', async () => {
  const chalkline = await open();
  const { page } = chalkline;
  await chalkline.press('Control+Comma');
  const dialog = page.getByRole('dialog', { name: 'Preferences' });
  await dialog.getByRole('radio', { name: 'dark' }).click();
  await dialog.getByRole('radio', { name: 'p99' }).click();
  await dialog.getByRole('radio', { name: 'always ms' }).click();
  await dialog.getByRole('checkbox', { name: 'Dots on the slate' }).uncheck();
  await page.reload();
  await page.getByRole('button', { name: /^edge edge to checkout, p99 [\d.]+ milliseconds/ }).waitFor();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  await chalkline.press('Control+Comma');
  expect(await dialog.getByRole('checkbox', { name: 'Dots on the slate' }).isChecked()).toBe(false);
  expect(await dialog.getByRole('radio', { name: 'always ms' }).isChecked()).toBe(true);
});
