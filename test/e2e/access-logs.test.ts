/** Access logs, dropped and pasted: drawn with their figures, onto a board that knows the names too, and never as a sketch. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './build.ts';
import { oneBrowser } from './driver.ts';

const open = oneBrowser();
const fixture = (name: string) => join(root, 'test/fixtures/formats', name);

it('a dropped log of nginx is drawn with what it says of each edge', async () => {
  const chalkline = await open();
  await chalkline.newBoard();
  await chalkline.dropFile(fixture('shop.nginx.log'));
  await chalkline.told(/shop\.nginx\.log: 5 nodes, 2 remarks/);
  await chalkline.stopped();
  expect(await chalkline.edgeNames()).toEqual([
    'client to nginx',
    'nginx to 10.0.0.1:8080',
    'nginx to 10.0.0.2:8080',
    'nginx to [2001:db8::7]:8080',
  ]);
  expect(await chalkline.pillText('client', 'nginx')).toMatch(/p95 [\d.]+ milliseconds/);
  const { snapshots } = await chalkline.boardJson();
  expect(Object.values(snapshots).map(({ name, imported }) => [name, imported])).toEqual([
    ['access log shop.nginx.log', true],
  ]);
});

it('pasted lines with arrows in their paths are a log, and join the parts of the board that they name', async () => {
  const chalkline = await open();
  await chalkline.newBoard();
  await chalkline.paste('shop -> web -> carts');
  await expect.poll(() => chalkline.nodeNames()).toHaveLength(3);
  const lines = readFileSync(fixture('shop.haproxy.log'), 'utf8').replaceAll('/orders', '/a->b');
  await chalkline.paste(lines);
  await chalkline.addToBoard();
  await chalkline.told(/pasted-\w+\.log: 4 nodes/);
  await chalkline.stopped();
  expect((await chalkline.nodeNames()).sort()).toEqual([
    'client client',
    ...['carts', 'orders', 'shop', 'web, HAProxy'].map((name) => `service ${name}`),
  ]);
  expect(await chalkline.pillText('web', 'carts')).toMatch(/p95 [\d.]+ milliseconds/);
});

it('pasted lines that leave a doubt are not guessed at, and it is said what to do', async () => {
  const chalkline = await open();
  await chalkline.newBoard();
  await chalkline.paste('{"ts":1772600767,"code":200,"status":200,"url":"/a","took":12}');
  await chalkline.told(/unit of took; put a line on top of it such as # fields:/);
  await chalkline.paste('1.2.3.4 | "GET /a HTTP/1.1" | 12');
  await chalkline.told(/of no layout that is known; put the log_format/);
  expect(await chalkline.nodeNames()).toEqual([]);
});
