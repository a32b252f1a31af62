/** Asks the shop for something at a steady pace, for as long as it is told to; its parent process waits until all is answered. */
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { where } from './where.ts';

/** Half looks at items, the rest looks into the cart or orders. */
const ROUTES = ['/items', '/cart', '/items', '/orders'];
/** Between two requests. Milliseconds. */
const PACE = 40;
/** As many as a slow system can hold up, and no more. */
const MOST_UNDER_WAY = 50;

const agent = new Agent({ keepAlive: true });
const url = where('SHOP_URL');
let shopping = true;
const underWay = new Set<Promise<void>>();

const ask = (path: string): Promise<void> =>
  new Promise((resolve) => {
    get(`${url}${path}`, { agent }, (response) => response.resume().once('close', resolve)).once(
      'error',
      () => resolve(),
    );
  });

process.on('message', async (message: { shopping: boolean }) => {
  shopping = message.shopping;
  if (!shopping) await Promise.all(underWay);
  process.send?.(message);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: 0 });

for (let count = 0; ; count++) {
  if (shopping && underWay.size < MOST_UNDER_WAY) {
    const request = ask(ROUTES[count % ROUTES.length]!).finally(() => underWay.delete(request));
    underWay.add(request);
  }
  await sleep(PACE);
}
