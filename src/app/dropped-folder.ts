/** Folders that were dropped: all files in them, with their paths. */
import { isWorthReading, MOST } from '../formats/index.ts';
import type { BroughtFile } from '../workspace/index.ts';

/** Of all files of a folder together, bytes. */
const LARGEST = 4 * MOST.file;

/** @throws in words, when a folder holds more than can be read */
export async function filesIn(entries: readonly FileSystemEntry[]): Promise<BroughtFile[]> {
  const files: BroughtFile[] = [];
  let total = 0;
  const walk = async (entry: FileSystemEntry, within: string | null): Promise<void> => {
    const name = within === null ? entry.name : entry.fullPath.slice(within.length + 2);
    if (within !== null && !isWorthReading(name)) return;
    if (isFolder(entry)) {
      for (const inside of await inFolder(entry)) await walk(inside, within ?? entry.name);
      return;
    }
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    if (within !== null && file.size > MOST.file) return;
    if (files.length === MOST.files || (total += file.size) > LARGEST)
      throw new Error(
        `${within ?? name} holds more than ${MOST.files} files or ${LARGEST / 1e6} MB. Drop the folder in it that describes the system. Nothing has changed.`,
      );
    files.push({ name, file, ...(within !== null && { within }) });
  };
  for (const entry of entries) await walk(entry, null);
  return files;
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** A folder is read a hundred files at a time, until none come. */
async function inFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return found.sort((a, b) => (a.name < b.name ? -1 : 1));
    found.push(...some);
  }
}
