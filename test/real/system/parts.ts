/** How each part of the system is started, and when it counts as ready. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connect } from 'amqplib';
import type { RealPrograms } from '../../../scripts/needs.ts';
import { ended, type Kept, keepProgram, until } from './keep.ts';
import type { ServiceName } from './services.ts';

type Keep = <Part extends Kept>(part: Part) => Part;

/** One of our own services, in its own process. It ends when its channel to this process closes. */
export async function startService(
  name: ServiceName,
  folder: string,
  env: Record<string, string>,
): Promise<Kept & { url: string }> {
  const child = fork(join(import.meta.dirname, 'services.ts'), [name], {
    execArgv: [],
    cwd: folder,
    env: { ...process.env, ...env },
  });
  const failed = once(child, 'exit').then(() =>
    Promise.reject(new Error(`The service ${name} did not start.`)),
  );
  const [{ port }] = (await Promise.race([once(child, 'message'), failed])) as [{ port: number }];
  failed.catch(() => {});
  return { url: `http://127.0.0.1:${port}`, stop: () => ended(child, () => child.disconnect()) };
}

/** RabbitMQ as a plain process: own data, own node name, and own epmd, the port mapper that Erlang would leave behind. */
export async function startBroker(
  programs: RealPrograms,
  folder: string,
  keep: Keep,
): Promise<{ url: string }> {
  const home = join(folder, 'rabbitmq');
  await mkdir(home);
  const [amqp, mapper, distribution] = await freePorts(3);
  const epmd = keep(
    keepProgram({
      command: programs.epmd,
      args: ['-address', '127.0.0.1', '-port', String(mapper)],
      log: join(home, 'epmd.log'),
    }),
  );
  await writeFile(join(home, 'rabbitmq.conf'), `listeners.tcp.local = 127.0.0.1:${amqp}\n`);
  await writeFile(join(home, 'enabled_plugins'), '[].\n');
  const broker = keep(
    keepProgram({
      command: programs.rabbitmq,
      args: [],
      log: join(home, 'rabbitmq.log'),
      env: {
        HOME: home,
        ERL_EPMD_ADDRESS: '127.0.0.1',
        ERL_EPMD_PORT: String(mapper),
        RABBITMQ_NODENAME: `chalkline-${amqp}@localhost`,
        RABBITMQ_DIST_PORT: String(distribution),
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
        RABBITMQ_CONFIG_FILE: join(home, 'rabbitmq.conf'),
        RABBITMQ_CONF_ENV_FILE: '/dev/null',
        RABBITMQ_ENABLED_PLUGINS_FILE: join(home, 'enabled_plugins'),
        RABBITMQ_MNESIA_BASE: join(home, 'data'),
        RABBITMQ_LOG_BASE: home,
        RABBITMQ_PID_FILE: join(home, 'pid'),
      },
    }),
  );
  const url = `amqp://127.0.0.1:${amqp}`;
  await until('RabbitMQ takes connections', 60_000, async () => {
    const connection = await connect(url);
    await connection.close();
    return true;
  }).catch((error) => {
    epmd.check();
    broker.check();
    throw error;
  });
  return { url };
}

/** Prometheus, scraping each target every second under its own job name. */
export async function startPrometheus(
  programs: RealPrograms,
  folder: string,
  targets: readonly { job: string; address: string }[],
): Promise<Kept & { url: string; kill: () => Promise<void>; restart: () => Promise<void> }> {
  const home = join(folder, 'prometheus');
  await mkdir(home);
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  // JSON is YAML.
  const config = {
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: targets.map(({ job, address }) => ({
      job_name: job,
      static_configs: [{ targets: [address] }],
    })),
  };
  await writeFile(join(home, 'prometheus.yml'), JSON.stringify(config));

  const run = async () => {
    const started = keepProgram({
      command: programs.prometheus,
      args: [
        `--config.file=${join(home, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(home, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=warn',
      ],
      log: join(home, 'prometheus.log'),
    });
    await until('Prometheus is ready', 30_000, async () => (await fetch(`${url}/-/ready`)).ok).catch(
      async (error) => {
        started.check();
        await started.stop();
        throw error;
      },
    );
    return started;
  };
  let running = await run();
  return {
    url,
    stop: () => running.stop(),
    kill: () => running.kill(),
    restart: async () => {
      running = await run();
    },
  };
}

/** Ports that nothing listens on, found all at once so that no two are the same. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
