/**
 * The program behind `npm start`. Environment, lists parted by spaces:
 * - HOST (loopback unless named) and PORT;
 * - OTLP_PORT: a second port that takes spans and nothing else, such as 4318;
 * - CHALKLINE_HOSTS: further names that this server is reached by;
 * - CHALKLINE_CONNECT: the origins that the page may ask for telemetry (any when not given);
 * - CHALKLINE_CONFIG, CHALKLINE_FORWARD: what is forwarded to (docs/server.md);
 * - CHALKLINE_PUSH_ORIGINS: the origins whose pages may push spans (none when not given).
 */
import { join } from 'node:path';
import { readTargets } from './forward/index.ts';
import { type RunningServer, startServer } from './server.ts';

const FIRST_PORT = 4747;
const PORTS_TRIED = 20;

async function main(): Promise<void> {
  const server = await listen();
  console.log(`Chalkline is at ${server.url}`);
  if (server.otlpPort !== null) console.log(`Spans are also taken on port ${server.otlpPort}`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void server.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/** On the port that was asked for, or else on the first free one from ours upwards. */
async function listen(): Promise<RunningServer> {
  const { PORT, OTLP_PORT } = process.env;
  const options = {
    folder: join(import.meta.dirname, '..', '..', 'dist'),
    host: process.env.HOST || '127.0.0.1',
    connect: listed('CHALKLINE_CONNECT'),
    hosts: listed('CHALKLINE_HOSTS'),
    pushOrigins: listed('CHALKLINE_PUSH_ORIGINS'),
    targets: await readTargets(process.env),
    ...(OTLP_PORT && { otlpPort: portNumber('OTLP_PORT', OTLP_PORT) }),
  };
  if (PORT) return startServer({ ...options, port: portNumber('PORT', PORT) });
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port++) {
    try {
      return await startServer({ ...options, port });
    } catch (error) {
      if (takenPort(error) !== port) throw error;
    }
  }
  throw new Error(
    `Ports ${FIRST_PORT} to ${FIRST_PORT + PORTS_TRIED - 1} are all taken: name a free one in PORT.`,
  );
}

function listed(name: string): string[] {
  return (process.env[name] ?? '').split(/\s+/).filter(Boolean);
}

function portNumber(name: string, text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`${name} is ${JSON.stringify(text)}: it must be a number from 0 to 65535.`);
}

/** The port that could not be had because somebody has it; null for every other error. */
function takenPort(error: unknown): number | null {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return isTaken && 'port' in error && typeof error.port === 'number' ? error.port : null;
}

main().catch((error: unknown) => {
  const port = takenPort(error);
  const name = port === Number(process.env.OTLP_PORT) ? 'OTLP_PORT' : 'PORT';
  const words = port === null ? error : `Port ${port} is taken: name another one in ${name}.`;
  console.error(words instanceof Error ? words.message : words);
  process.exitCode = 1;
});
