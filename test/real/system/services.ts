/** The services of the small shop: `node services.ts NAME` runs one, finding the others by environment variables. */
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'amqplib';
import { measureClient, measureQueue, measureServer } from './measures.ts';
import { Service } from './service.ts';

export type ServiceName = keyof typeof services;

const QUEUE = 'orders';

const services = {
  shopper: async (service: Service) => {
    service.listen({});
    const gateway = where('GATEWAY_URL');
    let underway = 0;
    // About 20 requests a second, one in four an order; as many as a slow system can hold up, and no more.
    for (let count = 0; ; count++) {
      if (underway < 50) {
        underway++;
        service
          .call('gateway', count % 4 === 0 ? `${gateway}/orders` : `${gateway}/items`)
          .catch(() => {})
          .finally(() => underway--);
      }
      await sleep(50);
    }
  },

  gateway: async (service: Service) => {
    const [catalog, orders] = [where('CATALOG_URL'), where('ORDERS_URL')];
    const through = async (server: string, url: string) => {
      await service.work(1, 3);
      await service.call(server, url);
    };
    service.listen({
      '/items': () => through('catalog', `${catalog}/items`),
      '/orders': () => through('orders', `${orders}/orders`),
    });
  },

  catalog: async (service: Service) => service.listen({ '/items': () => service.work(5, 15) }),

  orders: async (service: Service) => {
    const channel = await (await connect(where('AMQP_URL'))).createConfirmChannel();
    await channel.assertQueue(QUEUE);
    const edge = { client: 'orders', server: 'worker', connection_type: 'messaging_system' } as const;
    service.listen({
      '/orders': async () => {
        await service.work(10, 20);
        await measureClient(edge, async () => {
          channel.sendToQueue(QUEUE, Buffer.from('{}'), {
            appId: service.name,
            headers: { sent: Date.now() },
          });
          await channel.waitForConfirms();
        });
      },
    });
  },

  worker: async (service: Service) => {
    const channel = await (await connect(where('AMQP_URL'))).createChannel();
    await channel.assertQueue(QUEUE);
    await channel.prefetch(10);
    await channel.consume(QUEUE, async (message) => {
      if (!message) return;
      const { appId, headers } = message.properties;
      const edge = { client: String(appId), server: 'worker', connection_type: 'messaging_system' } as const;
      measureQueue(edge, (Date.now() - Number(headers?.sent)) / 1000);
      await measureServer(edge, () => service.work(20, 40));
      channel.ack(message);
    });
    service.listen({});
  },
};

function where(variable: string): string {
  const url = process.env[variable];
  if (!url) throw new Error(`${variable} is not set`);
  return url;
}

const name = process.argv[2];
if (!name || !Object.hasOwn(services, name)) throw new Error(`No such service: ${name}`);
await services[name as ServiceName](new Service(name));
