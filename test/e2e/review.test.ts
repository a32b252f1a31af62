/** Files of other systems, brought to a board that holds something: reviewed first, adjusted, taken or left; the rest of half-good ones; cancelled. */
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Board } from '../../src/graph/index.ts';
import { violations } from './axe.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();

const compose = (services: Record<string, { to?: string[]; replicas?: number; env?: string }>): string =>
  [
    'services:',
    ...Object.entries(services).flatMap(([name, { to = [], replicas, env }]) => [
      `  ${name}:`,
      `    image: shop/${name}`,
      ...(to.length > 0 ? [`    depends_on: [${to.join(', ')}]`] : []),
      ...(replicas === undefined ? [] : [`    deploy: { replicas: ${replicas} }`]),
      ...(env === undefined ? [] : ['    environment:', `      ${env}`]),
    ]),
  ].join('\n');

const SHOP = compose({
  web: { to: ['cart'], env: 'PAYMENTS_URL: http://payments:8080' },
  cart: { replicas: 2, env: 'DB_PASSWORD: hunter2-and-more' },
  payments: {},
});

/** Ten requests over each of these calls, one service to another. */
function jaeger(...calls: readonly (readonly [from: string, to: string])[]): string {
  const data = calls.flatMap(([from, to], c) =>
    Array.from({ length: 10 }, (_, i) => {
      const traceID = (c * 100 + i + 1).toString(16).padStart(32, '0');
      const at = 1_700_000_000_000_000 + i * 1_000_000;
      const span = (nth: number, processID: string, kind: string, duration: number) => ({
        ...{
          traceID,
          spanID: (c * 1000 + i * 10 + nth + 1).toString(16).padStart(16, '0'),
          processID,
          duration,
        },
        ...{ operationName: 'GET /', startTime: at + nth * 100 },
        references:
          nth === 0
            ? []
            : [
                {
                  ...{ refType: 'CHILD_OF', traceID },
                  spanID: (c * 1000 + i * 10 + nth).toString(16).padStart(16, '0'),
                },
              ],
        tags: [{ key: 'span.kind', type: 'string', value: kind }],
      });
      return {
        traceID,
        spans: [span(0, 'p1', 'server', 9000), span(1, 'p1', 'client', 8000), span(2, 'p2', 'server', 7000)],
        processes: { p1: { serviceName: from }, p2: { serviceName: to } },
      };
    }),
  );
  return JSON.stringify({ data });
}

const names = ({ nodes }: Board): string[] =>
  Object.values(nodes)
    .map(({ name }) => name)
    .sort();
const placeOf = (board: Board, name: string) =>
  Object.values(board.nodes).find((node) => node.name === name)!.position;

/** A board with `web -> cart` drawn by hand, and its cart marked. */
async function sketched(): Promise<Chalkline> {
  const chalkline = await open();
  await chalkline.newBoard();
  await chalkline.paste('web -> cart');
  await chalkline.node('cart').waitFor();
  await chalkline.select('cart');
  await chalkline.mark('suspected', 'slow since noon');
  await chalkline.press('Escape');
  return chalkline;
}

it('shows what a compose file would change; Esc leaves it, Enter adds it in one undo step, and a second time nothing is new', async () => {
  const chalkline = await sketched();
  const before = await chalkline.boardJson();
  await chalkline.drop('compose.yaml', SHOP);
  await chalkline.review.waitFor();
  expect(await chalkline.reviewList('New edges')).toEqual(['web → payments']);
  expect(await chalkline.review.textContent()).toMatch(/1 new part, 1 new edge/);
  expect(await chalkline.reviewList('Remarks')).toContainEqual(
    expect.stringMatching(/secrets left out of cart: DB_PASSWORD/),
  );
  await chalkline.screenshot('review');
  await chalkline.press('Escape');
  await chalkline.review.waitFor({ state: 'detached' });
  expect(await chalkline.boardJson()).toEqual(before);

  await chalkline.drop('compose.yaml', SHOP);
  await chalkline.review.waitFor();
  await chalkline.press('Enter');
  await chalkline.review.waitFor({ state: 'detached' });
  await chalkline.told(/compose\.yaml: 3 nodes, 1 of them new, 1 new edge, 2 changed\./);
  await chalkline.told(/secrets left out of cart: DB_PASSWORD/);
  const after = await chalkline.boardJson();
  expect(names(after)).toEqual(['cart', 'payments', 'web']);
  expect(JSON.stringify(after)).not.toContain('hunter2');
  for (const name of ['web', 'cart']) expect(placeOf(after, name)).toEqual(placeOf(before, name));
  expect(after.marks).toEqual(before.marks);

  await chalkline.drop('compose.yaml', SHOP);
  await chalkline.told(/compose\.yaml: 3 nodes, nothing new: the board holds all of it/);
  expect(await chalkline.boardJson()).toEqual(after);
  await chalkline.undo();
  expect(await chalkline.boardJson()).toEqual(before);
});

it('tells what changed and what is gone, and takes that off only when asked', async () => {
  const chalkline = await open();
  await chalkline.newBoard();
  await chalkline.drop('compose.yaml', SHOP);
  await chalkline.told(/compose\.yaml: 3 nodes/);
  await chalkline.stopped();
  const next = compose({ web: { to: ['cart'] }, cart: { replicas: 5 } });
  await chalkline.drop('compose.yaml', next);
  await chalkline.review.waitFor();
  expect(await chalkline.reviewList('Changed')).toContainEqual(expect.stringContaining('instances 2 → 5'));
  expect(await chalkline.reviewList('Gone from the files')).toEqual(['payments', 'web → payments']);
  await chalkline.addToBoard();
  expect(names(await chalkline.boardJson())).toEqual(['cart', 'payments', 'web']);

  await chalkline.drop('compose.yaml', next);
  await chalkline.review.waitFor();
  await chalkline.review.getByRole('checkbox', { name: 'Remove what is gone' }).check();
  await chalkline.screenshot('review-gone');
  await chalkline.addToBoard();
  await chalkline.told(/2 removed/);
  expect(names(await chalkline.boardJson())).toEqual(['cart', 'web']);
  await chalkline.undo();
  expect(names(await chalkline.boardJson())).toEqual(['cart', 'payments', 'web']);
});

it('traffic turns what was inferred into observed, and tells what it does not show and what nobody drew', async () => {
  const chalkline = await open();
  await chalkline.newBoard();
  await chalkline.drop('compose.yaml', SHOP);
  await chalkline.told(/compose\.yaml: 3 nodes/);
  await chalkline.stopped();
  await chalkline.selectEdge('web', 'payments');
  await chalkline.tab('Inspector');
  const from = () =>
    chalkline.page
      .getByRole('complementary', { name: 'Facts' })
      .getByRole('list', { name: 'Where it is from' })
      .getByRole('listitem')
      .allTextContents();
  expect(await from()).toEqual(['inferred from configuration (compose.yaml:6)']);

  await chalkline.drop('traces.json', jaeger(['web', 'payments'], ['payments', 'bank']));
  await chalkline.review.waitFor();
  expect(await chalkline.reviewList('Seen in traffic, drawn by nobody')).toEqual(['payments → bank']);
  expect(await chalkline.reviewList('Drawn, not seen in this traffic')).toEqual(['web → cart']);
  expect((await chalkline.reviewList('Changed')).join()).toMatch(
    /web → payments.*seen in traffic for the first time/,
  );
  await chalkline.addToBoard();
  const told = await chalkline.told(/traces\.json: 3 nodes, 1 of them new/);
  expect(told).toContain('drawn, not seen: web → cart');
  expect(told).toContain('seen, not drawn before: payments → bank');
  expect(await chalkline.pillText('web', 'payments')).toMatch(/p95 [\d.]+ milliseconds/);
  await chalkline.selectEdge('web', 'payments');
  expect(await from()).toEqual([
    'observed in traffic (traces.json)',
    'inferred from configuration (compose.yaml:6)',
  ]);
  await chalkline.press('Escape');
  await chalkline.edge('web', 'payments').hover();
  const card = chalkline.page.getByRole('region', { name: 'Edge web to payments' });
  await card.getByText('observed in traffic (traces.json)').waitFor();
});

it('who is who can be said by the keyboard alone, and everybody can use the review', async () => {
  const chalkline = await open({ bypassPolicy: true });
  await chalkline.newBoard();
  await chalkline.paste('web -> cart -> ledger');
  await chalkline.node('ledger').waitFor();
  const traces = jaeger(['web', 'cart.shop.svc.cluster.local:7070'], ['web', 'bookkeeping']);
  await chalkline.drop('traces.json', traces);
  await chalkline.review.waitFor();
  const whoIs = (name: string) => chalkline.review.getByRole('combobox', { name: `${name} is` });
  expect(await whoIs('cart.shop.svc.cluster.local:7070').locator('option:checked').textContent()).toMatch(
    /^cart \(at the host/,
  );
  expect(await whoIs('bookkeeping').inputValue()).toBe('');
  expect(await violations(chalkline.page)).toEqual([]);
  await whoIs('bookkeeping').focus();
  await chalkline.type('led');
  await expect.poll(() => chalkline.reviewed('bookkeeping').textContent()).toContain('as you say');
  expect(await chalkline.review.getByRole('status').textContent()).not.toMatch(/new part/);
  await chalkline.press('Enter');
  await chalkline.review.waitFor({ state: 'detached' });
  const board = await chalkline.boardJson();
  expect(names(board)).toEqual(['cart', 'ledger', 'web']);
  expect(Object.values(board.nodes).find(({ name }) => name === 'ledger')!.match?.names).toEqual([
    'bookkeeping',
  ]);
});

it('opens as a board of its own where a person wants that', async () => {
  const chalkline = await sketched();
  await chalkline.drop('compose.yaml', SHOP);
  await chalkline.review.getByRole('button', { name: 'New board' }).click();
  await chalkline.told(/compose\.yaml: 3 nodes/);
  await expect.poll(async () => names(await chalkline.boardJson())).toEqual(['cart', 'payments', 'web']);
  expect((await chalkline.boardJson()).marks).toEqual({});
});

const MANIFESTS = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { spec: { containers: [{ name: web, image: shop/web }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata:
\tname: broken
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec: { template: { spec: { containers: [{ name: cart, image: shop/cart }] } } }
`;

it('takes the rest of a half-good file only when the person agrees', async () => {
  const chalkline = await open();
  await chalkline.newBoard();
  const empty = await chalkline.boardJson();
  const broken = JSON.parse(jaeger(['web', 'cart'])) as { data: { spans: { startTime: unknown }[] }[] };
  broken.data[3]!.spans[2]!.startTime = 'noon';
  const content = JSON.stringify(broken);
  const question = chalkline.page.getByRole('region', { name: 'Preview' });
  await chalkline.drop('traces.json', content);
  await question
    .getByText(/1 of 30 records could not be read: data\.3\.spans\.2\.startTime: must be/)
    .waitFor();
  expect(await question.textContent()).toContain('The other 29 can be taken.');
  await chalkline.screenshot('half-good');
  await chalkline.press('Escape');
  await question.waitFor({ state: 'detached' });
  expect(await chalkline.boardJson()).toEqual(empty);
  await chalkline.drop('traces.json', content);
  await chalkline.click(/^Take the rest/);
  await chalkline.told(/traces\.json: 2 nodes/);
  await chalkline.stopped();

  await chalkline.drop('shop.yaml', MANIFESTS);
  await chalkline.review.waitFor();
  expect(await chalkline.review.getByRole('region', { name: 'Left out' }).textContent()).toMatch(
    /1 of 3 documents could not be read: shop\.yaml: \d+:\d+: /,
  );
  await chalkline.addToBoard();
  await chalkline.told(/shop\.yaml: 2 nodes/);
});

it('two pasted logs each keep their figures, and the same one pasted again changes nothing', async () => {
  const chalkline = await open();
  await chalkline.newBoard();
  const log = (upstream: string) =>
    [1, 2, 3]
      .map(
        (s) =>
          `10.0.0.1 - - [01/Nov/2026:10:00:0${s} +0000] "GET /${upstream} HTTP/1.1" 200 12 "-" "curl" rt=0.120 urt=0.100 ua=${upstream}:80`,
      )
      .join('\n');
  await chalkline.paste(log('orders'));
  await chalkline.told(/pasted-\w+\.log: 3 nodes/);
  await chalkline.stopped();
  await chalkline.paste(log('carts'));
  await chalkline.addToBoard();
  const { snapshots } = await chalkline.boardJson();
  expect(Object.keys(snapshots)).toHaveLength(2);
  await chalkline.paste(log('orders'));
  await chalkline.told(/nothing new: the board holds all of it/);
  expect((await chalkline.boardJson()).snapshots).toEqual(snapshots);
});

it('a long reading says so, and cancelled it ends and changes nothing', async () => {
  const chalkline = await sketched();
  const before = await chalkline.boardJson();
  const spans = jaeger(['web', 'cart']).slice('{"data":['.length, -'],}'.length + 1);
  const large = `{"data":[${Array.from({ length: 3500 }, () => spans).join(',')}]}`;
  await chalkline.drop('large.json.gz', gzipSync(large));
  const working = chalkline.page.locator('.working-bar');
  await working.getByText('Reading large.json.gz…').waitFor();
  await working.getByRole('button', { name: 'Cancel' }).click();
  await working.waitFor({ state: 'detached' });
  expect(await chalkline.boardJson()).toEqual(before);
  await chalkline.drop('compose.yaml', SHOP);
  await chalkline.review.waitFor();
});
