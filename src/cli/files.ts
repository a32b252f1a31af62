/** Files of this machine: read whole, folders with all that is in them; written whole or not at all. */
import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type FileInput, isNamed, isWorthReading, MOST } from '../formats/index.ts';
import { Failure } from './command.ts';

export const STDIN = '-';
/** A file that is no format's by its name may still be a setting that one reads; those are short. Bytes. */
const MOST_BESIDE = 1_000_000;

/** What the person names: a file, a folder with all files in it, or `-` for standard input. */
export async function readInput(path: string): Promise<FileInput[]> {
  if (path === STDIN) return [{ name: STDIN, bytes: new Uint8Array(await buffer(process.stdin)) }];
  const found = await stat(path).catch(() => null);
  if (!found) throw new Failure(`${path} can’t be read: there is no such file or folder.`);
  if (found.isDirectory()) return readFolder(path);
  if (found.size > MOST.file)
    throw new Failure(`${path} can’t be read: it is larger than ${MOST.file / 1e6} MB.`);
  return [{ name: path, bytes: await bytesOf(path) }];
}

/** @throws Failure in words */
async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    const denied = error instanceof Error && 'code' in error && error.code === 'EACCES';
    throw new Failure(`${path} can’t be read: ${denied ? 'permission is denied' : String(error)}.`);
  }
}

async function readFolder(folder: string): Promise<FileInput[]> {
  const files: FileInput[] = [];
  let total = 0;
  const walk = async (path: string): Promise<void> => {
    const entries = await readdir(join(folder, path), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      if (!isWorthReading(inside)) continue;
      if (entry.isDirectory()) await walk(inside);
      const size = entry.isFile() ? (await stat(join(folder, inside))).size : 0;
      if (size === 0 || size > (isNamed(inside) ? MOST.file : MOST_BESIDE)) continue;
      if (files.length === MOST.files || (total += size) > 4 * MOST.file)
        throw new Failure(
          `${folder} can’t be read: it holds more than ${MOST.files} files or ${(4 * MOST.file) / 1e6} MB. Name the folder in it that describes the system.`,
        );
      files.push({ name: inside, bytes: await bytesOf(join(folder, inside)), within: folder });
    }
  };
  await walk('');
  if (files.length === 0) throw new Failure(`${folder} can’t be read: it holds no files.`);
  return files;
}

/** To a file, which is whole at any moment, or to standard output. */
export async function writeOutput(path: string | undefined, content: string | Uint8Array): Promise<void> {
  if (path === undefined || path === STDIN) {
    await new Promise<void>((resolve, reject) =>
      process.stdout.write(content, (error) => (error ? reject(error) : resolve())),
    );
    return;
  }
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(draft, content);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    const reason = error instanceof Error ? error.message.replaceAll(draft, path) : String(error);
    throw new Failure(`${path} can’t be written: ${reason}.`);
  }
}

/** What a person should know, and no other program. */
export const warn = (text: string): void => void process.stderr.write(`chalkline: ${text}\n`);
