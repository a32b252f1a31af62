/**
 * What a person does on the real system with Chalkline open: connects it, keeps what is usual, waits for figures, reads who
 * is suspected, takes out what an experiment asks for. What Prometheus itself says is kept beside it.
 */

import { type Chalkline, openChalkline } from '../e2e/driver.ts';
import { called } from './shop.ts';
import type { System } from './system/index.ts';
import { until } from './system/keep.ts';

/** Over which each figure is, milliseconds: as short as the panel offers, fifteen scrapes. */
export const WINDOW = 15_000;
/** Until spans are sent, made into metrics and scraped. */
const ON_ITS_WAY = 2_500;
const POLL = 2_000;

export const SYMPTOM = { client: 'nginx', server: 'gateway' };

type Question = { query: string; at: number };

export class Investigator {
  readonly chalkline: Chalkline;
  readonly system: System;
  /** The page's questions that were answered, about the time on the caller's side; `at` in unix seconds. */
  readonly #answered: Question[] = [];
  /** Prometheus' own p95 of the symptom, asked as soon as the page had been answered; seconds by unix seconds. */
  readonly #own = new Map<number, number>();

  private constructor(chalkline: Chalkline, system: System) {
    this.chalkline = chalkline;
    this.system = system;
    chalkline.page.on('requestfinished', (request) => {
      const form = new URLSearchParams(request.postData() ?? '');
      const [query, time] = [form.get('query') ?? '', form.get('time')];
      if (!query.includes('request_client_seconds_bucket') || time === null) return;
      const question = { query, at: Number(time) };
      this.#answered.push(question);
      this.ownP95(question.at)
        .then((value) => this.#own.set(question.at, value))
        .catch(() => {});
    });
  }

  /** Opens an empty board and draws on it what Prometheus has seen. */
  static async on(system: System): Promise<Investigator> {
    const chalkline = await openChalkline();
    const investigator = new Investigator(chalkline, system);
    const { page } = chalkline;
    await chalkline.newBoard();
    await chalkline.tab('Sources');
    await page.getByLabel('URL').fill(system.prometheusUrl);
    await page.getByLabel('Ask every').selectOption(String(POLL));
    await page.getByLabel('Over the last').selectOption(String(WINDOW));
    await chalkline.click('Connect');
    await chalkline.edge('gateway', 'cart').waitFor();
    await chalkline.edge(called('rabbitmq (orders)'), 'worker').waitFor();
    return investigator;
  }

  /** Prometheus' own p95 of the symptom in a window that ended then, seconds. */
  async ownP95(at: number): Promise<number> {
    const series = `traces_service_graph_request_client_seconds_bucket{client="${SYMPTOM.client}",server="${SYMPTOM.server}"}`;
    const own = `histogram_quantile(0.95, sum by (le) (rate(${series}[${WINDOW}ms])))`;
    return (await this.system.query(own, at))[0]?.value ?? Number.NaN;
  }

  /**
   * What Prometheus gave for that time, milliseconds: as asked along with the page, and as asked now. What was scraped at
   * that very moment may have been stored between the two.
   */
  async toldBy(at: number): Promise<number[]> {
    const then = this.#own.get(at);
    return [...(then === undefined ? [] : [then]), await this.ownP95(at)].map((seconds) => seconds * 1000);
  }

  /** The time of figures that the page surely shows, unix seconds: of the last poll but one, all of which is answered. */
  get latest(): number {
    const last = this.#answered.at(-1)?.at;
    return this.#answered.findLast(({ at }) => at !== last)?.at ?? 0;
  }

  /** Waits until the page's figures hold only what has been since a time (epoch ms). */
  async settled(since: number): Promise<void> {
    await until('the figures hold only what is since', 60_000, async () =>
      Promise.resolve(this.latest * 1000 >= since + ON_ITS_WAY + WINDOW),
    );
  }

  /** Suspects as they are ranked with the figures of now, with what is said of each. */
  async suspects(): Promise<{ name: string; why: string }[]> {
    const { chalkline } = this;
    await chalkline.tab('Suspects');
    await chalkline.click('Rank again');
    return chalkline.page.locator('.ranking .suspect').evaluateAll((rows) =>
      rows.map((row) => ({
        name: row.querySelector('.cut')?.textContent ?? '',
        why: row.querySelector('.reasons')?.textContent ?? '',
      })),
    );
  }

  /** Says of a part that it can't be taken out. */
  async neverTakeOut(node: string): Promise<void> {
    const { chalkline } = this;
    await chalkline.select(node);
    await chalkline.tab('Experiments');
    await chalkline.click(`Take out ${node}`);
    await chalkline.choose(`To take ${node} out costs`, 'too much: it can’t be taken out');
    await chalkline.press('Escape');
  }
}
