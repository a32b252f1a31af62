/** D2, as far as it draws systems: shapes, containers and connections. */
import { readDrawing } from '../diagram/drawing.ts';
import { fencedIn } from '../diagram/fence.ts';
import { withLineFeeds } from '../diagram/scan.ts';
import { type Format, type Opened, type Read, type ReadContext, refuse } from '../format.ts';
import { parseD2 } from './parse.ts';
import { writeD2 } from './write.ts';

/** Without its suffix D2 is known by braces after a colon or a shape, beside an arrow or a setting: all else may be a sketch. */
const ARROW = /(?:->|<-|--)[ \t]*["\w]/;
const SETTING = /^(?:direction: *(?:up|down|left|right)|classes: *\{|vars: *\{)[ \t]*$/m;
const BRACES = /^[ \t]*["'\w][^\n{}=()]{0,200}:[^\n{}]{0,200}\{[ \t]*(?:\n|[a-z-]+:[^\n{}]*\}[ \t]*$)/m;
/** What was opened at the end of a line is closed at the start of another; one line of a sketch may end in any sign. */
const CLOSED = /^[ \t]*\}/m;
const SHAPES =
  'rectangle square page parallelogram document cylinder queue package step callout stored_data person diamond oval circle hexagon cloud text code class sql_table image sequence_diagram hierarchy c4-person';
const SHAPE = new RegExp(
  `(?:^|[.{;])[ \\t]*shape:[ \\t]*(?:${SHAPES.replaceAll(' ', '|')})[ \\t]*(?:\n|\\}|;|$)`,
  'm',
);

const looksLikeD2 = (text: string): boolean =>
  (ARROW.test(text) || SETTING.test(text)) &&
  ((BRACES.test(text) && (CLOSED.test(text) || !/\{[ \t]*$/m.test(text))) || SHAPE.test(text));

/** So much of a file is enough to see what it is. */
const GLANCE = 100_000;

const isD2 = (text: string): boolean => fencedIn(text, ['d2']) !== null || looksLikeD2(text);

function readD2(opened: Opened, file: string, context: ReadContext): Read {
  if (opened.type !== 'text') return refuse(file, '', 'is not text');
  const whole = withLineFeeds(opened.text);
  const text = fencedIn(whole, ['d2']) ?? whole;
  return readDrawing({ text, format: D2.id, file, context }, () => parseD2(text));
}

export const D2: Format = {
  id: 'd2',
  name: 'D2',
  suffixes: ['.d2'],
  reads:
    'Shapes, containers as groups, connections, variables, also the first of a Markdown page. Kinds come from classes, shapes and names; styles, globs, imports and layers are left out.',
  writes: 'Shapes in containers, with a class for each kind.',
  keeps: [
    ...(['names', 'kinds', 'technologies', 'descriptions'] as const),
    ...(['edges', 'edge kinds', 'operations', 'protocols', 'groups'] as const),
  ],
  loses:
    'places, instances, all links of a part but its first, telemetry names, config, descriptions of edges, notes, marks, figures, snapshots, experiments and sources; of several edges of one kind between two parts one is left',
  recognises: (opened, file) =>
    opened.type === 'text' &&
    !opened.notJson &&
    !opened.isNamedSketch &&
    (file.toLowerCase().endsWith('.d2') || isD2(opened.text.slice(0, GLANCE))),
  read: readD2,
  write: writeD2,
};
