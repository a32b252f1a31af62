/** The services of the shop: SERVICE says which one this process is; it finds the others by environment variables. */
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'amqplib';
import { Redis } from 'ioredis';
import pg from 'pg';
import { callerOf, fault, listen, reach, work } from './service.ts';
import { where } from './where.ts';

export type ServiceName = keyof typeof services;

const QUEUE = 'orders';
/** Messages that the worker works on at a time. */
const PREFETCH = 2;
/** Connections to PostgreSQL that a service holds at most. */
const POOL = 2;

const services = {
  gateway: async () => {
    const through = (name: string, urls: string, path: string) => {
      const call = callerOf(name, urls.split(' '));
      return async () => {
        await work(1, 3);
        await call(path);
      };
    };
    listen({
      '/items': through('catalog', where('CATALOG_URLS'), '/items'),
      '/cart': through('cart', where('CART_URL'), '/cart'),
      '/orders': through('orders', where('ORDERS_URL'), '/orders'),
    });
  },

  cart: async () => {
    const redis = new Redis(where('REDIS_URL'));
    listen({
      '/cart': async () => {
        await work(4, 8);
        await reach('redis', () => redis.incr('cart'));
      },
    });
  },

  catalog: async () => {
    const redis = new Redis(where('REDIS_URL'));
    const pool = poolOf();
    listen({
      '/items': async () => {
        await work(5, 15);
        await reach('redis', () => redis.get('item'));
        await query(pool, 'SELECT count(*) FROM items, pg_sleep($1)');
      },
    });
  },

  orders: async () => {
    const catalog = callerOf('catalog', where('CATALOG_URLS').split(' '));
    const pool = poolOf();
    const channel = await (await connect(where('AMQP_URL'))).createConfirmChannel();
    await channel.assertQueue(QUEUE);
    listen({
      '/orders': async () => {
        await work(5, 10);
        await catalog('/items');
        await query(pool, 'INSERT INTO orders SELECT 1 FROM pg_sleep($1)');
        await reach('rabbitmq', () => {
          channel.sendToQueue(QUEUE, Buffer.from('{}'), { timestamp: Math.floor(Date.now() / 1000) });
          return channel.waitForConfirms();
        });
      },
    });
  },

  worker: async () => {
    const pool = poolOf();
    const channel = await (await connect(where('AMQP_URL'))).createChannel();
    await channel.assertQueue(QUEUE);
    await channel.prefetch(PREFETCH);
    await channel.consume(QUEUE, async (message) => {
      if (!message) return;
      await work(10, 20);
      await query(pool, 'UPDATE shipped SET count = count + 1 FROM pg_sleep($1)');
      channel.ack(message);
    });
    listen({});
  },
};

function poolOf(): pg.Pool {
  const pool = new pg.Pool({ connectionString: where('POSTGRES_URL'), max: POOL });
  // A connection that the server closes while the system stops is nobody's error.
  pool.on('error', () => {});
  return pool;
}

/**
 * Every query sleeps in the database for as long as the fault says, holding its connection: usually 0. So does what comes
 * after it.
 */
const query = (pool: pg.Pool, sql: string) =>
  reach('postgres', async () => {
    const connection = await pool.connect();
    try {
      await connection.query(sql, [fault.slowQuery / 1000]);
      await sleep(fault.hold);
    } finally {
      connection.release();
    }
  });

const atOnce = async () => {};

/** What stands in for a service: it does nothing, and says at once that it is done. */
const stub = () => listen({ '/items': atOnce, '/cart': atOnce, '/orders': atOnce });

const name = where('SERVICE');
if (!Object.hasOwn(services, name)) throw new Error(`No such service: ${name}`);
if (process.env.STUB) stub();
else await services[name as ServiceName]();
