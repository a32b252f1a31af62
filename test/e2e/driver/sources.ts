/** Sources: connected, and what they name matched with what is drawn. */
import type { Locator } from 'playwright-core';
import { InstancesPage } from './instances.ts';

export type SourceChoice = {
  what?: 'Prometheus, or what speaks its API' | 'Jaeger' | 'Zipkin' | 'Spans sent to Chalkline (OTLP)';
  url?: string;
  /** Milliseconds. */
  every?: number;
};

export class SourcesPage extends InstancesPage {
  /** Fills in the form and connects. */
  async connectSource({ what, url, every }: SourceChoice): Promise<void> {
    await this.tab('Sources');
    const another = this.page.getByRole('button', { name: 'Connect another source' });
    await this.page.getByRole('heading', { name: 'Connect a source' }).or(another).first().waitFor();
    if (await another.isVisible()) await another.click();
    if (what !== undefined) await this.choose('What it is', what);
    if (url !== undefined) await this.page.getByLabel('URL').fill(url);
    if (every !== undefined) await this.page.getByLabel('Ask every').selectOption(String(every));
    await this.page.getByRole('button', { name: 'Connect', exact: true }).click();
  }

  /** The card of a source. */
  sourceCard(name: string | RegExp): Locator {
    return this.page.getByRole('region', { name });
  }

  /** Opens the review of names from the command bar. */
  async matchNames(): Promise<void> {
    await this.press('Control+k');
    await this.page.getByRole('combobox', { name: 'Sketch, find or do' }).fill('match telemetry');
    await this.page.getByRole('option', { name: /^Match telemetry names/ }).waitFor();
    await this.press('Enter');
    await this.matching.waitFor();
  }

  get matching(): Locator {
    return this.page.locator('.match');
  }

  /** What is said of one name or part in the review. */
  matched(name: string): Locator {
    return this.matching.getByRole('listitem', { name, exact: true });
  }

  /** The names under a heading of the review. */
  async listed(heading: RegExp): Promise<string[]> {
    const section = this.matching.locator('section').filter({
      has: this.page.getByRole('heading', { name: heading }),
    });
    return section
      .getByRole('listitem')
      .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''));
  }
}
