/** Redis and PostgreSQL as plain processes with data of their own. */
import { execFile, execFileSync } from 'node:child_process';
import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { RealPrograms } from '../../../../scripts/needs.ts';
import { type Keep, keepProgram, until } from '../keep.ts';
import { freePorts } from './ports.ts';

export async function startRedis(
  programs: RealPrograms,
  folder: string,
  keep: Keep,
): Promise<{ port: number }> {
  const home = join(folder, 'redis');
  await mkdir(home);
  const [port] = (await freePorts(1)) as [number];
  const settings = { bind: '127.0.0.1', port, save: '', dir: home };
  const redis = keep(
    keepProgram({
      command: programs.redis,
      args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
      log: join(home, 'redis.log'),
    }),
  );
  await until('Redis answers', 20_000, async () => {
    redis.check();
    const client = new Redis({ port, lazyConnect: true, retryStrategy: null });
    // what `connect` rejects with is told here once more
    client.on('error', () => {});
    try {
      await client.connect();
      return (await client.set('item', 'chalk')) === 'OK';
    } finally {
      client.disconnect();
    }
  });
  return { port };
}

/** What the shop keeps. */
const TABLES = `
  CREATE TABLE items AS SELECT generate_series(1, 100) AS item;
  CREATE TABLE orders (item int);
  CREATE TABLE shipped AS SELECT 0 AS count;`;

export async function startPostgres(
  programs: RealPrograms,
  folder: string,
  keep: Keep,
): Promise<{ port: number }> {
  const home = join(folder, 'postgres');
  await mkdir(home);
  const [port] = (await freePorts(1)) as [number];
  const owner = ownerOfData();
  if (owner) await chown(home, owner.uid, owner.gid);
  const data = join(home, 'data');
  // -N: nothing of it is to outlive the test, so nothing waits for the disk
  const setUp = ['-D', data, '-U', 'shop', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'];
  await promisify(execFile)(programs.initdb, setUp, { cwd: home, ...owner });
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    fsync: 'off',
    logging_collector: 'off',
  };
  const postgres = keep(
    keepProgram({
      command: programs.postgres,
      args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      log: join(home, 'postgres.log'),
      // "fast": it does not wait for its clients to go
      endsBy: 'SIGINT',
      ...(owner && { owner }),
    }),
  );
  await until('PostgreSQL answers', 20_000, async () => {
    postgres.check();
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'shop', database: 'postgres' });
    await client.connect();
    await client.query(TABLES);
    await client.end();
    return true;
  });
  return { port };
}

/** PostgreSQL refuses to run as root: then it runs as nobody. */
function ownerOfData(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'nobody']));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
