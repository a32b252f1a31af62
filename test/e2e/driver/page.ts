/** One open page: keys, pointer, and finding things as a person or a screen reader finds them, by role and name. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { root } from '../build.ts';

/** On the page, CSS pixels. */
export type At = { x: number; y: number };

export class OpenPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Presses keys one after another, e.g. `press('Control+k', 'Enter')`. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Types text where the focus is. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Clicks the button, tab, menu item, link, field or whatever else carries this name. */
  async click(name: string | RegExp): Promise<void> {
    await this.named(name).click();
  }

  /** Types over what a field says and ends with Enter. */
  async fill(field: string, text: string): Promise<void> {
    const box = this.page.getByRole('textbox', { name: field, exact: true });
    await box.fill(text);
    await box.press('Enter');
  }

  /** Chooses from a field with a list. */
  async choose(field: string, option: string): Promise<void> {
    await this.page.getByRole('combobox', { name: field, exact: true }).selectOption({ label: option });
  }

  /** Leaves whatever field is being typed in. */
  async leaveField(): Promise<void> {
    await this.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  }

  /** What carries this name, whatever its role. */
  named(name: string | RegExp): Locator {
    const roles = ['button', 'menuitem', 'tab', 'option', 'link', 'checkbox', 'radio', 'textbox'] as const;
    const [first, ...others] = roles.map((role) => this.page.getByRole(role, { name, exact: true }));
    return others.reduce((any, next) => any.or(next), first!).first();
  }

  /** Watches for long tasks from here on. @returns what tells how long each was, milliseconds */
  async watchLongTasks(): Promise<() => Promise<number[]>> {
    await this.page.evaluate(() => {
      const long: number[] = [];
      Object.assign(window, { long });
      const watching = new PerformanceObserver((list) =>
        long.push(...list.getEntries().map(({ duration }) => duration)),
      );
      watching.observe({ type: 'longtask' });
    });
    return () => this.page.evaluate(() => (window as unknown as { long: number[] }).long);
  }

  /** Drags from one point of the page to another, in steps as a hand does. */
  async drag(from: At, to: At): Promise<void> {
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(to.x, to.y, { steps: 8 });
    await this.page.mouse.up();
  }

  /** Drags, and does something just before letting go. */
  async dragAnd(from: At, to: At, last: () => Promise<unknown>): Promise<void> {
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(to.x, to.y, { steps: 8 });
    await last();
    await this.page.mouse.up();
  }

  /** Holds a key down while something is done. */
  async holding(key: string, act: () => Promise<void>): Promise<void> {
    await this.page.keyboard.down(key);
    await act();
    await this.page.keyboard.up(key);
  }

  /** The middle of what is shown on the page. */
  async middleOf(locator: Locator): Promise<At> {
    const box = await locator.boundingBox();
    if (!box) throw new Error(`not on the page: ${locator}`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  /** Chooses from the main menu, e.g. `menu('File', 'New board')`. */
  async menu(section: string, action: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Menu', exact: true }).click();
    await this.page.getByRole('menu', { name: 'Menu' }).getByRole('menuitem', { name: section }).hover();
    await this.page
      .getByRole('menu', { name: section })
      .getByRole('menuitem', { name: action, exact: true })
      .or(this.page.getByRole('menu', { name: section }).getByText(action, { exact: true }))
      .first()
      .click();
  }

  /** Opens a tab of the side panel. */
  async tab(
    name: 'Inspector' | 'Outline' | 'Suspects' | 'Measure' | 'Experiments' | 'Sources',
  ): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  }

  /** Waits until the page says that everything is kept on this device. */
  async saved(): Promise<void> {
    await this.page.getByText('Saved on this device').waitFor();
  }

  /** What the page told last; waits for it. */
  async told(text: string | RegExp): Promise<string> {
    const notice = this.page.locator('.notice').filter({ hasText: text });
    await notice.waitFor();
    return (await notice.textContent()) ?? '';
  }

  /** Saves what the page looks like under test-results/. */
  async screenshot(name: string): Promise<string> {
    const folder = join(root, 'test-results');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }
}
