import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'amqplib';
import type { RealPrograms } from '../../../../scripts/needs.ts';
import { type Keep, keepProgram, until } from '../keep.ts';
import { freePorts } from './ports.ts';

/**
 * RabbitMQ as a plain process: own data, own node name, and own epmd, the port mapper that Erlang would leave behind.
 * Its metrics are per queue and channel, as Prometheus fetches them.
 */
export async function startBroker(
  programs: RealPrograms,
  folder: string,
  keep: Keep,
): Promise<{ port: number; metricsPort: number }> {
  const home = join(folder, 'rabbitmq');
  await mkdir(home);
  const [amqp, mapper, distribution, metrics] = (await freePorts(4)) as [number, number, number, number];
  const epmd = keep(
    keepProgram({
      command: programs.epmd,
      args: ['-address', '127.0.0.1', '-port', String(mapper)],
      log: join(home, 'epmd.log'),
    }),
  );
  const settings = [
    `listeners.tcp.local = 127.0.0.1:${amqp}`,
    `prometheus.tcp.ip = 127.0.0.1`,
    `prometheus.tcp.port = ${metrics}`,
    'prometheus.return_per_object_metrics = true',
    // Milliseconds: as often as Prometheus asks.
    'collect_statistics_interval = 1000',
  ];
  await writeFile(join(home, 'rabbitmq.conf'), settings.map((line) => `${line}\n`).join(''));
  await writeFile(join(home, 'enabled_plugins'), '[rabbitmq_prometheus].\n');
  const broker = keepProgram({
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
  });
  // Its own way to end takes it six seconds, to keep what nobody will ask for.
  keep({ stop: broker.kill });
  await until('RabbitMQ takes connections', 60_000, async () => {
    const connection = await connect(`amqp://127.0.0.1:${amqp}`);
    await connection.close();
    return true;
  }).catch((error) => {
    epmd.check();
    broker.check();
    throw error;
  });
  return { port: amqp, metricsPort: metrics };
}
