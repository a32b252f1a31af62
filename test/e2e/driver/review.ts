/** Imports onto a board that holds something: looked at, said otherwise, taken. */
import type { Locator } from 'playwright-core';
import { ChartsPage } from './charts.ts';

export class ReviewPage extends ChartsPage {
  /** What an import would change, waiting for an answer. */
  get review(): Locator {
    return this.page.getByRole('complementary', { name: 'Review' });
  }

  /** The row of one part of the files in the review. */
  reviewed(name: string): Locator {
    return this.review.getByRole('listitem', { name, exact: true });
  }

  /** What the review lists under a heading. */
  async reviewList(heading: string): Promise<string[]> {
    const section = this.review.getByRole('region', { name: heading, exact: true });
    return section.getByRole('listitem').allTextContents();
  }

  /** Takes what is shown of an import. */
  async addToBoard(): Promise<void> {
    await this.review.getByRole('button', { name: /^Add (?:the rest )?to (?:the )?board/ }).click();
    await this.review.waitFor({ state: 'detached' });
  }
}
