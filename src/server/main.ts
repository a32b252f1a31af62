/**
 * The program behind `npm start`. Environment: HOST (loopback unless named), PORT, and CHALKLINE_CONNECT: the
 * origins, parted by spaces, that the page may ask for telemetry (any when not given).
 */
import { join } from 'node:path';
import { type RunningServer, startServer } from './server.ts';

const FIRST_PORT = 4747;
const PORTS_TRIED = 20;

async function main(): Promise<void> {
  const server = await listen();
  console.log(`Chalkline is at ${server.url}`);
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
  const asked = process.env.PORT;
  const options = {
    folder: join(import.meta.dirname, '..', '..', 'dist'),
    host: process.env.HOST || '127.0.0.1',
    connect: (process.env.CHALKLINE_CONNECT ?? '').split(/\s+/).filter(Boolean),
  };
  if (asked) return startServer({ ...options, port: portNumber(asked) });
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port++) {
    try {
      return await startServer({ ...options, port });
    } catch (error) {
      if (!taken(error)) throw error;
    }
  }
  throw new Error(
    `Ports ${FIRST_PORT} to ${FIRST_PORT + PORTS_TRIED - 1} are all taken: name a free one in PORT.`,
  );
}

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`PORT is ${JSON.stringify(text)}: it must be a number from 0 to 65535.`);
}

function taken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

main().catch((error: unknown) => {
  const words = taken(error) ? `Port ${process.env.PORT} is taken: name another one in PORT.` : error;
  console.error(words instanceof Error ? words.message : words);
  process.exitCode = 1;
});
