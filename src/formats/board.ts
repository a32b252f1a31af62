/** The board's own JSON. What a board file may say is decided by the graph's schema, not here. */
import { loadBoard, serializeBoard } from '../graph/index.ts';
import { type Format, isObject, type Read, type ReadContext, refuse } from './format.ts';
import { bracketDepth, lineAndColumn, parseJson } from './json.ts';
import { MOST, megabytes } from './limits.ts';

type BoardJson = { value: unknown; size: number; depth: number; mostBytes: number };

function readBoard(json: BoardJson, format: string, file: string, context: ReadContext): Read {
  const { value, size, depth, mostBytes } = json;
  if (size > mostBytes)
    return refuse(
      file,
      '',
      `is a board of ${megabytes(size)}; boards up to ${megabytes(mostBytes)} can be read`,
    );
  if (depth > MOST.boardDepth)
    return refuse(file, '', `brackets nest ${depth} deep; boards nest ${MOST.boardDepth} at most`);
  const loaded = loadBoard(value, context.newId());
  if (loaded.ok)
    return { ok: true, format, board: loaded.board, readings: [], repairs: loaded.repairs, whole: true };
  if (loaded.reason === 'faults')
    return { ok: false, faults: loaded.faults.map((fault) => ({ file, ...fault })) };
  return {
    ok: true,
    format,
    board: loaded.board,
    readings: [],
    repairs: [
      {
        path: 'schema',
        reason: `is version ${loaded.version}, newer than this Chalkline; opened to read only`,
      },
    ],
    readOnly: true,
    whole: true,
  };
}

/** A board's JSON that stands inside another file. */
export function readBoardText(
  text: string,
  format: string,
  file: string,
  context: ReadContext,
  mostBytes: number,
): Read {
  const depth = bracketDepth(text);
  if (depth > MOST.boardDepth)
    return refuse(file, '', `brackets nest ${depth} deep; boards nest ${MOST.boardDepth} at most`);
  const parsed = parseJson(text);
  if (!parsed.ok) return refuse(file, `board ${lineAndColumn(text, parsed.at)}`, parsed.reason);
  return readBoard({ value: parsed.value, size: text.length, depth, mostBytes }, format, file, context);
}

export const BOARD: Format = {
  id: 'board',
  name: 'Chalkline board',
  suffixes: ['.json'],
  reads:
    'A board as this program writes it, of this version or an older one; a newer one opens to be looked at only.',
  writes:
    'The whole board as JSON, for other programs and for repositories: docs/board.md says what is in it.',
  keeps: ['everything'],
  mediaType: 'application/json',
  recognises: (opened) => {
    if (opened.type !== 'json' || opened.values.length !== 1) return false;
    const [value] = opened.values;
    if (!isObject(value) || 'schema' in value) return isObject(value);
    if (!('nodes' in value || 'edges' in value)) return false;
    // other programs have nodes, too; parts of a board have names
    const records = isObject(value.nodes) ? Object.values(value.nodes) : [];
    return records.length === 0 || records.some((record) => isObject(record) && 'name' in record);
  },
  read: (opened, file, context) =>
    opened.type === 'json'
      ? readBoard({ ...opened, value: opened.values[0], mostBytes: MOST.board }, BOARD.id, file, context)
      : refuse(file, '', 'is not JSON'),
  write: serializeBoard,
};
