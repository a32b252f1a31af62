/** Charts: opening them, reading what they say, pointing into them, taking them along. */
import type { Locator } from 'playwright-core';
import { SourcesPage } from './sources.ts';

export class ChartsPage extends SourcesPage {
  get charts(): Locator {
    return this.page.getByRole('region', { name: 'Charts', exact: true });
  }

  async showCharts(): Promise<void> {
    await this.press('Shift+Y');
    await this.charts.getByRole('heading', { name: 'Charts' }).waitFor();
  }

  /** Parts that have charts, in order. */
  async charted(): Promise<string[]> {
    return this.charts.getByRole('heading', { level: 4 }).allInnerTexts();
  }

  /** The plot of one figure of a part; it is moved along like a slider. */
  chart(figure: string, of: string): Locator {
    return this.charts.getByRole('slider', { name: `${figure} of ${of}, time` });
  }

  /** What a chart says of the time that is pointed at, as a screen reader says it. */
  async chartSays(figure: string, of: string): Promise<string> {
    return (await this.chart(figure, of).getAttribute('aria-valuetext')) ?? '';
  }

  /** The value of one of its lines as the legend shows it. */
  async legend(figure: string, of: string, line: string): Promise<string> {
    const chart = this.charts.locator('figure').filter({
      has: this.page.getByRole('slider', { name: `${figure} of ${of}, time` }),
    });
    const entry = chart.getByRole('listitem').filter({ has: this.page.getByText(line, { exact: true }) });
    return entry
      .locator('b')
      .textContent()
      .then((text) => text ?? '');
  }

  /** A place in a chart, from 0 at its left end to 1 at its right. */
  async inChart(figure: string, of: string, share: number): Promise<{ x: number; y: number }> {
    const box = (await this.chart(figure, of).locator('.u-over').boundingBox())!;
    return { x: box.x + share * box.width, y: box.y + box.height / 2 };
  }
}
