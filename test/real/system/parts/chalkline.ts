import { join } from 'node:path';
import { type Keep, keepProgram, until } from '../keep.ts';

/** Chalkline's own server, as `npm start` runs it. */
export async function startChalkline(port: number, folder: string, keep: Keep): Promise<void> {
  const server = keep(
    keepProgram({
      command: process.execPath,
      args: [join(import.meta.dirname, '../../../../src/server/main.ts')],
      log: join(folder, 'chalkline.log'),
      env: { HOST: '127.0.0.1', PORT: String(port) },
    }),
  );
  await until('Chalkline answers', 20_000, async () => {
    server.check();
    return (await fetch(`http://127.0.0.1:${port}/`)).status < 500;
  });
}
