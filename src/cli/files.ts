/** Files of this machine: read whole, folders with all that is in them; written whole or not at all. */
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import { type FileInput, isNamed, isWorthReading, MOST } from '../formats/index.ts';
import { Failure } from './command.ts';

export const STDIN = '-';
/** A file that is no format's by its name may still be a setting that one reads; those are short. Bytes. */
const MOST_BESIDE = 1_000_000;

/** What the person names: a file, a folder with all files in it, or `-` for standard input. */
export async function readInput(path: string): Promise<FileInput[]> {
  if (path === STDIN)
    return [{ name: 'standard input', bytes: await drained(process.stdin, 'standard input') }];
  const found = await stat(path).catch((error: unknown) => unreadable(path, error));
  // one file has one name, however the path to it is put
  const name = normalize(path).replaceAll(sep, '/');
  if (found.isDirectory()) return readFolder(name.replace(/(?<=.)\/$/, ''));
  // of a pipe or a device nobody knows how much is still to come
  if (!found.isFile()) return [{ name, bytes: await drained(createReadStream(path), path) }];
  if (found.size > MOST.file) tooLarge(path);
  return [{ name, bytes: await bytesOf(path) }];
}

function tooLarge(path: string): never {
  throw new Failure(`${path} can’t be read: it is larger than ${MOST.file / 1e6} MB.`);
}

async function drained(stream: AsyncIterable<Uint8Array>, path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > MOST.file) break;
      chunks.push(chunk);
    }
  } catch (error) {
    unreadable(path, error);
  }
  if (size > MOST.file) tooLarge(path);
  return new Uint8Array(Buffer.concat(chunks));
}

const bytesOf = (path: string): Promise<Uint8Array> =>
  readFile(path).then(
    (bytes) => new Uint8Array(bytes),
    (error: unknown) => unreadable(path, error),
  );

/** @throws Failure in words */
function unreadable(path: string, error: unknown): never {
  throw new Failure(`${path} can’t be read: ${reasonOf(error, 'there is no such file or folder')}.`);
}

/** @param absent what it means here that something is not there */
function reasonOf(error: unknown, absent: string): string {
  if (!(error instanceof Error)) return String(error);
  const { code = '' } = error as NodeJS.ErrnoException;
  return { ...REASONS, ENOENT: absent }[code] ?? error.message;
}

const REASONS: Record<string, string> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'what its path names as a folder is none',
  ELOOP: 'its links lead round in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'there is no space left',
  EROFS: 'nothing can be written there',
};

async function readFolder(folder: string): Promise<FileInput[]> {
  const files: FileInput[] = [];
  let total = 0;
  const walk = async (path: string): Promise<void> => {
    const here = join(folder, path);
    const entries = await readdir(here, { withFileTypes: true }).catch((error: unknown) =>
      unreadable(here, error),
    );
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      if (!isWorthReading(inside)) continue;
      if (entry.isDirectory()) await walk(inside);
      // a link to a file is that file; one to a folder may lead round in a circle
      const found =
        entry.isFile() || entry.isSymbolicLink() ? await stat(join(folder, inside)).catch(() => null) : null;
      const size = found?.isFile() ? found.size : 0;
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
    await new Promise<void>((resolve) => process.stdout.write(content, () => resolve()));
    return;
  }
  try {
    await writeWhole(path, content);
  } catch (error) {
    throw new Failure(`${path} can’t be written: ${reasonOf(error, 'there is no such folder')}.`);
  }
}

async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const old = await stat(target).catch(() => null);
  // a device or a pipe can't be replaced, only written to
  if (old && !old.isFile()) return writeFile(target, content);
  const draft = `${target}.${randomBytes(4).toString('hex')}`;
  try {
    const file = await open(draft, 'wx');
    try {
      await file.writeFile(content);
      if (old) await file.chmod(old.mode & 0o777);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** What a person should know, and no other program. */
export const warn = (text: string): void => void process.stderr.write(`chalkline: ${text}\n`);
