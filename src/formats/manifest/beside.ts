/** What comes along with the files that are read: `.env`, mounted configuration; found by where it lies. */
import type { OpenedFile } from '../format.ts';
import { environmentIn, type Line, linesIn } from './contents.ts';

export const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1);

/** `a/b/` and `../c.yml` → `a/c.yml`. */
export function pathFrom(folder: string, path: string): string {
  const steps: string[] = [];
  const whole = path.startsWith('/') ? path : `${folder}${path}`;
  for (const step of whole.replaceAll('\\', '/').split('/')) {
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else if (step !== '.' && !(step === '' && steps.length > 0)) steps.push(step);
  }
  return steps.join('/');
}

/** What came along: read when it is asked for, and told that it was. */
export class Beside {
  readonly used = new Set<string>();
  private readonly byName: ReadonlyMap<string, OpenedFile>;

  constructor(files: readonly OpenedFile[]) {
    this.byName = new Map(files.map((each) => [pathFrom('', each.file), each]));
  }

  /** `KEY=value` lines; undefined where the file is not here. */
  environment(path: string): Line[] | undefined {
    const text = this.text(path);
    return text === undefined ? undefined : environmentIn(text);
  }

  /** Settings in a file of whatever syntax. */
  lines(path: string): Line[] | undefined {
    const { opened } = this.byName.get(path) ?? {};
    if (opened?.type === 'json') {
      this.used.add(this.byName.get(path)!.file);
      return opened.values.flatMap((value) => linesIn(path, JSON.stringify(value)));
    }
    const text = this.text(path);
    return text === undefined ? undefined : linesIn(path, text);
  }

  /** The files in a folder, and in those within it. */
  within(folder: string): string[] {
    const start = folder === '' ? '' : `${folder}/`;
    return [...this.byName.keys()].filter((path) => path.startsWith(start));
  }

  /** As it is; undefined where the file is not here, or no text. */
  text(path: string): string | undefined {
    const { opened, file } = this.byName.get(path) ?? {};
    if (opened?.type !== 'text' && opened?.type !== 'xml') return undefined;
    this.used.add(file!);
    return opened.text;
  }
}
