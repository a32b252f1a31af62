/** Hands and eyes on the board: placing, connecting, naming, choosing, marking, laying out. */
import type { Locator } from 'playwright-core';
import type { MarkStatus, NodeKind, Point } from '../../../src/graph/index.ts';
import { type At, OpenPage } from './page.ts';

/** As the help sheet gives them. */
export const KIND_KEYS: Record<NodeKind, string> = {
  client: 'c',
  gateway: 'g',
  service: 's',
  worker: 'w',
  function: 'f',
  queue: 'q',
  topic: 't',
  database: 'd',
  cache: 'k',
  broker: 'b',
  storage: 'o',
  'load balancer': 'l',
  external: 'x',
};
const MARK_KEYS: Record<MarkStatus, string> = {
  suspected: 'm',
  confirmed: 'Shift+M',
  cleared: 'Alt+m',
};

export type Side = 'top' | 'right' | 'bottom' | 'left';

export class BoardPage extends OpenPage {
  /** The card of a node. A screen reader calls it "service checkout, Java". */
  node(name: string): Locator {
    const label = (how: string, text: string) => `.react-flow__node-part[aria-label${how}"${text}"]`;
    return this.page.locator(`${label('$=', ` ${name}`)}, ${label('*=', ` ${name}, `)}`);
  }

  /** The button on an edge's pill. A screen reader calls it "edge checkout to payments, p95 182 milliseconds". */
  edge(source: string, target: string): Locator {
    return this.page.locator(`.edge-target[aria-label*=" ${source} to ${target}, "]`);
  }

  group(name: string): Locator {
    return this.page.locator('.group-title').filter({ hasText: name });
  }

  note(text: string): Locator {
    return this.page.locator('.note-card').filter({ hasText: text });
  }

  handle(node: string, side: Side): Locator {
    return this.node(node).locator(`[data-handleid="${side}"]`);
  }

  /** The canvas where nothing floats over it: the lower left, between the rail and the overview. */
  emptySpot(): At {
    return { x: 90, y: this.page.viewportSize()!.height - 160 };
  }

  /** Where a place on the board is on the page. */
  async onPage([x, y]: Point): Promise<At> {
    const corner = (await this.page.locator('.canvas').boundingBox())!;
    const [zoom, dx, dy] = await this.page.locator('.react-flow__viewport').evaluate((element) => {
      const { a, e, f } = new DOMMatrix(getComputedStyle(element).transform);
      return [a, e, f] as const;
    });
    return { x: corner.x + dx + x * zoom, y: corner.y + dy + y * zoom };
  }

  async newBoard(): Promise<void> {
    await this.menu('File', 'New board');
    await this.page.getByRole('region', { name: 'Ways to begin' }).waitFor();
    await this.saved();
  }

  /** Places a node by its key, its middle at a point of the page, and names it. */
  async place(kind: NodeKind, at: At, name: string): Promise<void> {
    await this.press(KIND_KEYS[kind]);
    await this.page.mouse.click(at.x, at.y);
    await this.name(name);
    await this.node(name).waitFor();
  }

  /** Types over the name that is being asked for. */
  async name(name: string): Promise<void> {
    await this.page.locator('.rename').fill(name);
    await this.press('Enter');
    await this.page.locator('.rename').waitFor({ state: 'detached' });
  }

  async writeNote(at: At, text: string): Promise<void> {
    await this.press('n');
    await this.page.mouse.click(at.x, at.y);
    await this.page.getByRole('textbox', { name: 'Text of the note' }).fill(text);
    await this.press('Enter');
    await this.note(text).waitFor();
  }

  /** Drags from a side of one node onto another node. */
  async connect(source: string, target: string, side: Side = 'right'): Promise<void> {
    await this.drag(await this.middleOf(this.handle(source, side)), await this.middleOf(this.node(target)));
    await this.edge(source, target).waitFor();
  }

  async rename(from: string, to: string): Promise<void> {
    await this.node(from).dblclick();
    await this.name(to);
    await this.node(to).waitFor();
  }

  /** Chooses these nodes and no others. */
  async select(...names: string[]): Promise<void> {
    await this.press('Escape');
    for (const [i, name] of names.entries())
      await this.node(name).click(i === 0 ? {} : { modifiers: ['Shift'] });
  }

  async selectEdge(source: string, target: string): Promise<void> {
    await this.edge(source, target).click();
  }

  /** Chooses these edges and nothing else. */
  async selectEdges(...ends: readonly (readonly [source: string, target: string])[]): Promise<void> {
    await this.press('Escape');
    for (const [i, [source, target]] of ends.entries())
      await this.edge(source, target).click(i === 0 ? {} : { modifiers: ['Shift'] });
  }

  /** Marks what is chosen, and writes down why. */
  async mark(status: MarkStatus, hypothesis?: string): Promise<void> {
    await this.press(MARK_KEYS[status]);
    const row = this.page.locator(`.mark.selected[data-status="${status}"]`);
    await row.waitFor();
    if (hypothesis === undefined) return;
    const why = row.getByRole('textbox');
    await why.fill(hypothesis);
    await why.press('Control+Enter');
  }

  /** Lays the board out and waits until the nodes stand still. */
  async layOut(): Promise<void> {
    await this.press('Shift+L');
    await this.stopped();
  }

  async undo(): Promise<void> {
    await this.press('Control+z');
  }

  async redo(): Promise<void> {
    await this.press('Control+Shift+z');
  }

  /** Waits for the end of long work, and until nothing on the canvas has moved for a while. */
  async stopped(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise<void>((done) => {
          const cards = () =>
            [...document.querySelectorAll<HTMLElement>('.react-flow__viewport, .react-flow__node')]
              .map(({ style }) => style.transform)
              .join();
          let last = '';
          let since = performance.now();
          const look = () => {
            const now = cards();
            if (now !== last || document.querySelector('.working-bar')) {
              last = now;
              since = performance.now();
            }
            if (performance.now() - since > 350) done();
            else requestAnimationFrame(look);
          };
          look();
        }),
    );
  }

  /** Names of the nodes that are in the page as elements, as a screen reader reads them, sorted. */
  async nodeNames(): Promise<string[]> {
    return this.#labels('.react-flow__node-part');
  }

  /** `a to b` of every edge in view, sorted. */
  async edgeNames(): Promise<string[]> {
    const labels = await this.#labels('.edge-target');
    return labels.map((label) => /^\w+ (.*? to .*?),/.exec(label)?.[1] ?? label).sort();
  }

  /** Names of what is chosen. */
  async selected(): Promise<string[]> {
    return this.#labels('.react-flow__node.selected');
  }

  /** Names of the nodes that are not dimmed, sorted. */
  async lit(): Promise<string[]> {
    const labels = await this.#labels('.react-flow__node-part:not(.dimmed)');
    return labels.map((label) => /^(?:load balancer|\w+) ([^,]*)/.exec(label)?.[1] ?? label).sort();
  }

  /** What a screen reader says of an edge now, e.g. "edge a to b, p95 182 milliseconds". */
  async pillText(source: string, target: string): Promise<string> {
    const edge = this.edge(source, target);
    // its name is brought up to date when it gets the focus
    await edge.focus();
    const words = (await edge.getAttribute('aria-label')) ?? '';
    await edge.blur();
    return words;
  }

  async #labels(selector: string): Promise<string[]> {
    const labels = await this.page
      .locator(selector)
      .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''));
    return labels.sort();
  }
}
