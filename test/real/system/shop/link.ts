/** A wire between two parts that can be made slow: passes bytes on as they are, the first way later by a delay. */
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { where } from './where.ts';

const to = Number(where('TO_PORT'));
/** Milliseconds. */
let delay = 0;

const server = createServer((near) => {
  const far = connect(to, '127.0.0.1');
  let sent: Promise<unknown> = Promise.resolve();
  near.on('data', (bytes) => {
    // In the order in which they came, also when the delay has just become shorter.
    sent = Promise.all([sent, sleep(delay)]).then(() => far.write(bytes));
  });
  far.pipe(near);
  const cut = () => {
    near.destroy();
    far.destroy();
  };
  for (const end of [near, far]) end.on('error', cut).on('close', cut);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', (message: { delay: number }) => {
  delay = message.delay;
  process.send?.(message);
});
process.on('disconnect', () => process.exit(0));
