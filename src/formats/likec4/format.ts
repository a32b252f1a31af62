/** LikeC4: models over one or many files, project by project. */
import { readDrawing } from '../diagram/drawing.ts';
import { joinPages, pageOf } from '../diagram/pages.ts';
import { scanOf } from '../diagram/scan.ts';
import type { Format, OpenedFile, Read, ReadContext } from '../format.ts';
import { joinReads } from '../join.ts';
import { drawModel } from './draw.ts';
import { parseLikeC4 } from './parse.ts';
import { writeLikeC4 } from './write.ts';

const BLANK = /\s+|\/\/[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/|import\b[^\n]*/y;
const BEGIN = /(?:specification|model|deployment|global)\s*\{|views(?:\s*(?:"[^"\n]*"|'[^'\n]*'))?\s*\{/y;

function isLikeC4(text: string): boolean {
  const scan = scanOf(text);
  while (scan.take(BLANK));
  return scan.looksAt(BEGIN);
}

const textOf = ({ opened }: OpenedFile): string => (opened.type === 'text' ? opened.text : '');
const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1);

/** Files are of one project with the outermost folder around them that has a specification. */
function projectsOf(own: readonly OpenedFile[]): OpenedFile[][] {
  const roots = own
    .filter((file) => /(?:^|\n)\s*specification\s*\{/.test(textOf(file)))
    .map(({ file }) => folderOf(file))
    .sort((a, b) => a.length - b.length);
  const projects = Map.groupBy(own, ({ file }) => roots.find((root) => file.startsWith(root)) ?? null);
  return [...projects.values()];
}

function readMany(own: readonly OpenedFile[], _beside: readonly OpenedFile[], context: ReadContext): Read {
  const reads = projectsOf(own).map((project) => ({
    files: project.map(({ file }) => file),
    read: readProject(project, context),
  }));
  // A project of which only views or deployments are here has nothing to add to the others.
  const good = reads.filter(({ read }) => read.ok || read.faults.some(({ path }) => path !== ''));
  return joinReads(good.length > 0 ? good : reads, own[0]!.file, context);
}

function readProject(project: readonly OpenedFile[], context: ReadContext): Read {
  const pages = project.map((file) => pageOf(file.file, textOf(file)));
  const { text, placeOf } = joinPages(pages.map((page) => ({ page, start: 0, text: page.text })));
  const { file } = project[0]!;
  return readDrawing({ text, placeOf, format: LIKEC4.id, file, context }, () => {
    const model = parseLikeC4(text);
    const drawing = drawModel(model, model.kinds.size > 0);
    // Several files go by the name of their folder.
    if (project.length > 1) drawing.title = folderOf(file).split('/').at(-2) ?? null;
    return drawing;
  });
}

export const LIKEC4: Format = {
  id: 'likec4',
  name: 'LikeC4',
  suffixes: ['.c4', '.likec4'],
  reads:
    'Models over one or many files: the innermost elements are parts, those around them groups. Kinds come from the names, shapes and icons of element kinds; views and deployments are left out.',
  writes: 'A specification, a model with groups as boundaries, and a view of all.',
  keeps: [
    ...(['names', 'kinds', 'technologies', 'descriptions'] as const),
    ...(['edges', 'edge kinds', 'operations', 'protocols', 'groups'] as const),
  ],
  loses:
    'places, instances, all links of a part but its first, telemetry names, config, notes, marks, figures, snapshots, experiments and sources; of several edges of one kind between two parts one is left',
  recognises: (opened) =>
    opened.type === 'text' && !opened.notJson && !opened.isNamedSketch && isLikeC4(opened.text),
  readMany,
  write: writeLikeC4,
};
