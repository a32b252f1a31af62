/** Through time: the timeline, where it is dragged to, and what the page says of when. */
import type { Locator } from 'playwright-core';
import { BoardPage } from './board.ts';

export class TimePage extends BoardPage {
  get timeline(): Locator {
    return this.page.getByRole('region', { name: 'Timeline' });
  }

  /** The band that says which moment is shown. */
  get moment(): Locator {
    return this.timeline.getByRole('slider', { name: 'Moment shown' });
  }

  /** The band that says which time is compared with. */
  get compared(): Locator {
    return this.timeline.getByRole('slider', { name: 'Compared with' });
  }

  /** What stands over the board while it is not live. */
  get pastBadge(): Locator {
    return this.page.getByRole('complementary', { name: 'Not live' });
  }

  /** An experiment on the timeline, by what it says. */
  triedOnTimeline(words: RegExp): Locator {
    return this.timeline.getByRole('button', { name: words });
  }

  /** What the timeline tells of what is pointed at, or has the focus. */
  get toldOnTimeline(): Locator {
    return this.timeline.locator('.told');
  }

  async showTimeline(): Promise<void> {
    await this.press('y');
    await this.timeline.waitFor();
  }

  /** Drags a band so many pixels along the strip. */
  async dragBand(band: Locator, by: number): Promise<void> {
    const from = await this.middleOf(band);
    await this.drag(from, { x: from.x + by, y: from.y });
  }

  /** When a band ends, as a screen reader says it. */
  async saidOf(band: Locator): Promise<string> {
    return (await band.getAttribute('aria-valuetext')) ?? '';
  }

  async backToLive(): Promise<void> {
    await this.pastBadge.getByRole('button', { name: 'Back to live' }).click();
    await this.pastBadge.waitFor({ state: 'detached' });
  }

  /** Lets one service of the simulated system be slow. */
  async slowDown(service: string): Promise<void> {
    await this.tab('Sources');
    await this.page.getByText('Make something misbehave').click();
    await this.page.getByLabel('On', { exact: true }).selectOption({ label: service });
    await this.page.getByRole('button', { name: 'Let it misbehave' }).click();
    await this.leaveField();
  }

  /** The p95 of an edge as its pill shows it, ms; null where it shows none. */
  async p95(source: string, target: string): Promise<number | null> {
    const found = /p95 ([\d.]+) (milli|micro)?seconds/.exec(await this.pillText(source, target));
    if (!found) return null;
    return Number(found[1]) * (found[2] === 'milli' ? 1 : found[2] === 'micro' ? 0.001 : 1000);
  }
}
