/** The inspector in a person's hands: one thing's facts, and those that several share, edited for all of them. */
import { describe, expect, it } from 'vitest';
import type { Board } from '../../src/graph/index.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();

const edge = (board: Board, source: string, target: string) =>
  Object.values(board.edges).find(
    (each) => board.nodes[each.source]!.name === source && board.nodes[each.target]!.name === target,
  )!;
const node = (board: Board, name: string) => Object.values(board.nodes).find((each) => each.name === name)!;
/** What an act on the page has made of the board, once it is as it should be. */
const eventually = (chalkline: Chalkline, of: (board: Board) => unknown) =>
  expect.poll(async () => of(await chalkline.boardJson()));

/** One undo takes back all that the act has done to the board. */
async function inOneStep(chalkline: Chalkline, act: () => Promise<void>): Promise<void> {
  const before = await chalkline.boardJson();
  await act();
  await expect.poll(() => chalkline.boardJson()).not.toEqual(before);
  const after = await chalkline.boardJson();
  await chalkline.leaveField();
  await chalkline.undo();
  await expect.poll(() => chalkline.boardJson()).toEqual(before);
  await chalkline.redo();
  await expect.poll(() => chalkline.boardJson()).toEqual(after);
}

describe('one thing', () => {
  it('an edge tells its operations: added, described, moved, renamed, taken off', async () => {
    const chalkline = await open();
    await chalkline.selectEdge('checkout', 'payments');
    for (const name of ['POST /charge', 'GET /status', 'POST /refund'])
      await chalkline.fill('Add operation', name);
    const operations = (board: Board) => edge(board, 'checkout', 'payments').operations;
    await eventually(chalkline, operations).toEqual([
      { name: 'POST /charge' },
      { name: 'GET /status' },
      { name: 'POST /refund' },
    ]);
    await chalkline.click('Describe POST /charge');
    await chalkline.type('takes the money');
    await chalkline.press('Enter');
    await inOneStep(chalkline, () => chalkline.click('Move POST /refund up'));
    // at the top the focus is on the way down
    await chalkline.click('Move POST /refund up');
    await chalkline.press('Enter');
    await eventually(chalkline, operations).toEqual([
      { name: 'POST /charge', description: 'takes the money' },
      { name: 'POST /refund' },
      { name: 'GET /status' },
    ]);
    await chalkline.fill('operation 1', 'POST /charges');
    await chalkline.click('Take GET /status off');
    await eventually(chalkline, operations).toEqual([
      { name: 'POST /charges', description: 'takes the money' },
      { name: 'POST /refund' },
    ]);
  });

  it('a node tells what it is, and its links are http and https only', async () => {
    const chalkline = await open();
    await chalkline.select('payments');
    await chalkline.fill('Description', 'Takes the money');
    await chalkline.fill('Add link', 'javascript:alert(1)');
    await chalkline.page.getByRole('alert').getByText('A link starts with http:// or https://').waitFor();
    expect(node(await chalkline.boardJson(), 'payments').links).toBeUndefined();
    await chalkline.fill('Add link', 'https://wiki.example/payments');
    await eventually(chalkline, (board) => node(board, 'payments')).toMatchObject({
      description: 'Takes the money',
      links: ['https://wiki.example/payments'],
    });
    const link = chalkline.page.getByRole('link', { name: 'open' });
    expect(await link.getAttribute('href')).toBe('https://wiki.example/payments');
    expect(await link.getAttribute('rel')).toContain('noopener');
  });
});

describe('several nodes', () => {
  it('take what is typed, each edit one undo step; what differs says so and stays until typed over', async () => {
    const chalkline = await open();
    await chalkline.select('cart');
    await chalkline.fill('Description', 'What is bought');
    await chalkline.select('cart', 'payments', 'fulfilment');
    const before = await chalkline.boardJson();
    const described = chalkline.named('Description');
    expect(await described.getAttribute('placeholder')).toBe('mixed');
    expect(await described.inputValue()).toBe('');
    // looked at, left, and nothing has changed
    await described.click();
    await chalkline.press('Tab');
    expect(await chalkline.boardJson()).toEqual(before);

    await inOneStep(chalkline, () => chalkline.fill('Description', 'Owned by the shop team'));
    await inOneStep(chalkline, () => chalkline.fill('Technology', 'Rust'));
    await inOneStep(chalkline, () => chalkline.fill('Instances', '4'));
    await inOneStep(chalkline, () => chalkline.choose('Kind', 'function'));
    await inOneStep(chalkline, () => chalkline.choose('Group', 'shop'));
    await inOneStep(chalkline, () => chalkline.click(/^Pinned/));
    await inOneStep(chalkline, () => chalkline.click(/^Locked/));
    const board = await chalkline.boardJson();
    for (const name of ['cart', 'payments', 'fulfilment'])
      expect(node(board, name)).toMatchObject({
        description: 'Owned by the shop team',
        technology: 'Rust',
        instances: 4,
        kind: 'function',
        pinned: true,
        locked: true,
        group: node(before, 'cart').group,
      });
    expect(node(board, 'catalog')).toEqual(node(before, 'catalog'));
  });

  it('are refused a count that is none, and cleared of what differs', async () => {
    const chalkline = await open();
    await chalkline.select('cart', 'checkout');
    const before = await chalkline.boardJson();
    await chalkline.fill('Instances', 'many');
    await chalkline.page.getByRole('alert').getByText('A whole number from 0 to 100,000').waitFor();
    expect(await chalkline.boardJson()).toEqual(before);
    await chalkline.named('Instances').press('Escape');
    await inOneStep(chalkline, () => chalkline.click('clear in all: instances'));
    expect(node(await chalkline.boardJson(), 'cart').instances).toBeUndefined();
    await chalkline.named('clear in all: instances').waitFor({ state: 'detached' });
  });

  it('share links: held by some, given to the rest, taken off all; a bad one changes nothing', async () => {
    const chalkline = await open();
    const runbook = 'https://wiki.example/runbook';
    await chalkline.select('cart');
    await chalkline.fill('Add link', runbook);
    await chalkline.select('cart', 'payments', 'checkout');
    const links = chalkline.page.getByRole('group', { name: 'Links' });
    await links.getByText('1 of 3').waitFor();
    const before = await chalkline.boardJson();
    await chalkline.fill('Add link', 'wiki.example');
    await chalkline.page.getByRole('alert').getByText('A link starts with http:// or https://').waitFor();
    expect(await chalkline.boardJson()).toEqual(before);
    await chalkline.named('Add link').press('Escape');
    await inOneStep(chalkline, () => chalkline.click(`Add ${runbook} to the others`));
    await links.getByText('3 of 3').waitFor();
    await inOneStep(chalkline, () => chalkline.click(`Take ${runbook} off`));
    await eventually(chalkline, (board) =>
      ['cart', 'payments', 'checkout'].map((name) => node(board, name).links),
    ).toEqual([undefined, undefined, undefined]);
  });

  it('lose a telemetry name that both claim, and are given none', async () => {
    const chalkline = await open();
    for (const name of ['cart', 'payments']) {
      await chalkline.select(name);
      await chalkline.fill('Add telemetry name', 'shop-svc');
    }
    await chalkline.select('cart', 'payments');
    expect(await chalkline.named('Add telemetry name').count()).toBe(0);
    await inOneStep(chalkline, () => chalkline.click('Take shop-svc off'));
    const board = await chalkline.boardJson();
    expect([node(board, 'cart').match, node(board, 'payments').match]).toEqual([undefined, undefined]);
  });
});

describe('several edges', () => {
  it('share operations: each says how many carry it; named, described and taken off in all', async () => {
    const chalkline = await open();
    await chalkline.selectEdge('edge', 'cart');
    await chalkline.fill('Add operation', 'GET /cart');
    await chalkline.selectEdges(['edge', 'cart'], ['edge', 'catalog'], ['checkout', 'cart']);
    const operations = chalkline.page.getByRole('group', { name: 'Operations' });
    await operations.getByText('1 of 3').waitFor();
    await inOneStep(chalkline, () => chalkline.fill('Add operation', 'GET /health'));
    await inOneStep(chalkline, () => chalkline.click('Add GET /cart to the others'));
    await inOneStep(chalkline, async () => {
      await chalkline.click('Describe GET /health');
      await chalkline.fill('Description of GET /health', 'asked every second');
    });
    const third = (board: Board) => edge(board, 'checkout', 'cart').operations;
    await eventually(chalkline, third).toEqual([
      { name: 'GET /health', description: 'asked every second' },
      { name: 'GET /cart' },
    ]);
    await inOneStep(chalkline, () => chalkline.click('Take GET /cart off'));
    await inOneStep(chalkline, () => chalkline.fill('Protocol', 'HTTP/2'));
    await inOneStep(chalkline, () => chalkline.fill('Description', 'Inside the mesh'));
    await inOneStep(chalkline, () => chalkline.choose('Kind', 'query'));
    const board = await chalkline.boardJson();
    for (const [source, target] of [
      ['edge', 'cart'],
      ['edge', 'catalog'],
      ['checkout', 'cart'],
    ] as const)
      expect(edge(board, source, target)).toMatchObject({
        kind: 'query',
        protocol: 'HTTP/2',
        description: 'Inside the mesh',
        operations: [{ name: 'GET /health', description: 'asked every second' }],
      });
  });
});

describe('things of several kinds', () => {
  it('share a description, links and a lock; their own fields are for their own kind', async () => {
    const chalkline = await open();
    await chalkline.writeNote({ x: 300, y: 700 }, 'since the deploy');
    await chalkline.press('Control+a');
    await chalkline.page.getByRole('heading', { name: /^12 nodes, .*1 note/ }).waitFor();
    await inOneStep(chalkline, () => chalkline.fill('Description', 'Part of the incident of Monday'));
    await inOneStep(chalkline, () => chalkline.fill('Add link', 'https://incidents.example/7'));
    await inOneStep(chalkline, () => chalkline.click(/^Locked/));
    const board = await chalkline.boardJson();
    for (const each of Object.values(board.nodes))
      expect(each).toMatchObject({
        description: 'Part of the incident of Monday',
        links: ['https://incidents.example/7'],
        locked: true,
      });
    expect(Object.values(board.notes)[0]).toMatchObject({ text: 'since the deploy', locked: true });
  });

  it('everything is reached and done by keys alone', async () => {
    const chalkline = await open();
    await chalkline.select('cart', 'payments');
    await chalkline.named('Technology').focus();
    await chalkline.type('Rust');
    await chalkline.press('Enter');
    await chalkline.named('Add link').focus();
    await chalkline.type('https://a.example/');
    await chalkline.press('Enter');
    await chalkline.type('https://b.example/');
    await chalkline.press('Enter');
    // back over the link that was just added, to its last button
    await chalkline.press('Shift+Tab', 'Enter');
    expect(await chalkline.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Add link',
    );
    await chalkline.type('https://c.example/');
    await chalkline.press('Enter');
    await eventually(chalkline, (board) => node(board, 'payments')).toMatchObject({
      technology: 'Rust',
      links: ['https://a.example/', 'https://c.example/'],
    });
  });
});

describe('notes', () => {
  it('show lists as they are exported', async () => {
    const chalkline = await open();
    await chalkline.writeNote({ x: 300, y: 700 }, 'plan');
    await chalkline.note('plan').click();
    await chalkline.fill('Note', '# Plan\n- cap the pool\n- roll back\n1. ask payments');
    const lines = chalkline.note('Plan').locator('.note-text > div');
    await expect
      .poll(() => lines.allTextContents())
      .toEqual(['Plan', '•cap the pool', '•roll back', '1.ask payments']);
    const svg = (await chalkline.exportAs('SVG')).toString();
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
    for (const text of ['Plan', '•', 'cap the pool', 'roll back', '1.', 'ask payments'])
      expect(texts).toContain(text);
  });
});
