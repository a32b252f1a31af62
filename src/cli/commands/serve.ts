/** `serve`: the app itself, for a browser. */
import { type Args, type Command, UsageError } from '../command.ts';

export const SERVE: Command = {
  name: 'serve',
  summary: 'Serve the app to a browser',
  operands: '',
  takes: [0, 0],
  about: [
    'Serves the app as it was built last (npm run build), takes pushed spans, and asks telemetry back ends in the page’s stead. It goes on until it is interrupted. The settings of the environment are those of npm start, in README.md.',
  ],
  options: {
    host: { value: 'HOST', says: 'Where it listens: the loopback address unless given.' },
    port: { short: 'p', value: 'PORT', says: 'The first free one from 4747 unless given.' },
    config: { value: 'FILE', says: 'Back ends that it asks in the page’s stead (docs/server.md).' },
  },
  examples: [{ run: 'chalkline serve --port 8080', says: 'At http://127.0.0.1:8080/.' }],
  run: serve,
};

async function serve({ text }: Args): Promise<number> {
  const port = text('port');
  if (port !== undefined && !/^\d{1,5}$/.test(port)) throw new UsageError('serve: --port is a number');
  const settings = { HOST: text('host'), PORT: port, CHALKLINE_CONFIG: text('config') };
  for (const [name, value] of Object.entries(settings)) if (value !== undefined) process.env[name] = value;
  await import('../../server/main.ts');
  return 0;
}
