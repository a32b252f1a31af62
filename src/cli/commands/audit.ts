/** `audit`: what in the configs of a board departs from what their makers ship, or does not go together. */
import {
  audit,
  auditBoard,
  type BoardFinding,
  floorSentence,
  latencyFloor,
  sentenceOf,
} from '../../analysis/index.ts';
import { type Board, edgeName, nodeName, type Reading, subjectName } from '../../graph/index.ts';
import { type Args, type Command, JSON_OUT } from '../command.ts';
import { load } from '../load.ts';

type Source = { title: string; url: string };

export const AUDIT: Command = {
  name: 'audit',
  summary: 'Hold the configs on a board against the defaults of their makers',
  operands: 'BOARD',
  takes: [1, 1],
  about: [
    'Says of every setting that is known how it departs from its default and which way that hurts, which settings contradict each other, on one part or at the two ends of an edge, and what latency comes of configuration alone. A departure is not a fault; it is a question. BOARD may also be any file, folder or zip that import reads: manifests bring their configs along.',
    'What can hurt most comes first, each with the number of the source that the default is from. Where a version is known it is the default of that version.',
    'Settings that equal their default are left out unless --all is given.',
  ],
  options: {
    all: { says: 'Also list settings that equal their default, and keys that are not known.' },
    json: JSON_OUT,
  },
  examples: [{ run: 'chalkline audit architecture.json', says: 'What to ask about first.' }],
  run,
};

async function run({ given: [path], has }: Args): Promise<number> {
  const { board, readings } = await load([path!], { partial: true });
  const found = findingsOf(board, [...readings, ...readingsIn(board)], has('all'));
  if (has('json')) console.log(JSON.stringify(found, null, 2));
  else if (found.length === 0) console.log(nothingIn(board));
  else for (const line of linesOf(found)) console.log(line);
  return 0;
}

const readingsIn = ({ snapshots }: Board): Reading[] =>
  Object.values(snapshots).flatMap(({ imported, readings }) => (imported ? readings : []));

type Told = {
  of: string;
  kind: string;
  sentence: string;
  /** Who set it and why, where that is noted. */
  noted?: BoardFinding['noted'];
  finding: object;
};

/** What hurts most comes first; then what configuration alone costs, and what is as it was shipped. */
function findingsOf(board: Board, readings: readonly Reading[], isAll: boolean): Told[] {
  const { nodes, edges } = board;
  const told = (finding: BoardFinding['finding'], noted: BoardFinding['noted'] = null): Told => {
    const { subject, kind } = finding;
    return {
      of: subjectName(board, subject),
      kind,
      sentence: sentenceOf(finding, (id) => nodeName(board, id)),
      ...(noted && { noted }),
      finding,
    };
  };
  const asked = auditBoard(board, readings).map(({ finding, noted }) => told(finding, noted));
  const floors = Object.values(edges).flatMap((edge): Told[] => {
    const floor = latencyFloor(board, edge, readings);
    if (!floor) return [];
    const of = edgeName(board, edge.id);
    return [{ of, kind: 'floor', sentence: floorSentence(floor), finding: floor }];
  });
  if (!isAll) return [...asked, ...floors];
  const rest = Object.values(nodes)
    .flatMap(({ id, config }) => (config ? audit({ type: 'node', id }, config) : []))
    .map((finding) => told(finding))
    .filter(({ of, sentence }) => !asked.some((each) => each.of === of && each.sentence === sentence));
  return [...asked, ...floors, ...rest];
}

/** One line each, with the number of the source that its default is from; the sources below. */
function linesOf(found: readonly Told[]): string[] {
  const sources: Source[] = [];
  const lines = found.map(({ of, sentence, noted, finding }) => {
    const said = [noted?.reason, noted?.owner].filter(Boolean).join(', ');
    const source = 'source' in finding ? (finding.source as Source) : null;
    let at = source
      ? sources.findIndex(({ url, title }) => url === source.url && title === source.title)
      : -1;
    if (source && at === -1) at = sources.push(source) - 1;
    return `${of}: ${sentence}${said && ` Noted: ${said}.`}${source ? ` [${at + 1}]` : ''}`;
  });
  return [
    ...lines,
    ...sources.map(({ title, url }, i) => `${i === 0 ? '\n' : ''}[${i + 1}] ${title}: ${url}`),
  ];
}

/** What was looked at, where nothing was found. */
function nothingIn({ nodes }: Board): string {
  const configs = Object.values(nodes).flatMap(({ config }) => (config ? [config] : []));
  if (configs.length === 0) return 'Nothing to ask: no part of this board has settings.';
  const count = configs.reduce((sum, { values }) => sum + Object.keys(values).length, 0);
  return `Nothing to ask: of ${count} settings of ${configs.length} parts, those that are known are as their makers ship them.`;
}
