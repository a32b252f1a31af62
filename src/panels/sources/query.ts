/** A question of a person's own as it is being written, checked before the board keeps it. Pure. */
import {
  type Board,
  METRICS,
  type Metric,
  RECORD_SCHEMAS,
  type Subject,
  subjectName,
} from '../../graph/index.ts';
import type { CustomQuery, PrometheusSource } from '../../workspace/index.ts';
import type { Checked } from './validate.ts';

/** All as text, as it stands in the fields. `of` is a subject's key, or which labels name whom it speaks of. */
export type QueryDraft = {
  name: string;
  metric: Metric;
  query: string;
  of: string;
  node: string;
  source: string;
  target: string;
  scale: string;
  instance: string;
};

const NODE_BY_LABEL = 'the part that a label names';
const EDGE_BY_LABELS = 'the edge that two labels name';

const keyOf = ({ type, id }: Subject): string => `${type}:${id}`;
function subjectOf(key: string): Subject | null {
  const found = /^(node|edge):(.*)$/s.exec(key);
  return found ? { type: found[1] as Subject['type'], id: found[2]! } : null;
}

/** Whom it can speak of: the part it spoke of, the one selected, or whoever the labels name. */
export function choicesOf(
  board: Pick<Board, 'nodes' | 'edges'>,
  draft: QueryDraft,
  selected: Subject | null,
): (readonly [string, string])[] {
  const subjects = new Map<string, string>();
  const now = subjectOf(draft.of);
  if (now) subjects.set(draft.of, subjectName(board, now));
  if (selected) subjects.set(keyOf(selected), `${subjectName(board, selected)} (selected)`);
  return [...subjects, [NODE_BY_LABEL, NODE_BY_LABEL], [EDGE_BY_LABELS, EDGE_BY_LABELS]];
}

export const byLabel = ({ of }: QueryDraft): 'node' | 'edge' | null =>
  of === NODE_BY_LABEL ? 'node' : of === EDGE_BY_LABELS ? 'edge' : null;

const EMPTY: QueryDraft = {
  ...{ name: '', metric: 'rate', query: '', of: NODE_BY_LABEL, node: 'job' },
  ...{ source: 'client', target: 'server', scale: '', instance: '' },
};

/** A question to begin with; of what is selected, if one thing is. */
export const newDraft = (selected: Subject | null): QueryDraft =>
  selected ? { ...EMPTY, of: keyOf(selected) } : EMPTY;

export function draftOf({ name, metric, query, of, scale, instance }: CustomQuery): QueryDraft {
  const told = {
    ...{ ...EMPTY, name, metric, query },
    ...{ scale: scale === undefined ? '' : String(scale), instance: instance ?? '' },
  };
  if ('type' in of) return { ...told, of: keyOf(of) };
  return 'node' in of
    ? { ...told, of: NODE_BY_LABEL, node: of.node }
    : { ...told, of: EDGE_BY_LABELS, ...of };
}

/** The placeholders that stand for something, by whom the question speaks of. */
export function placeholdersOf(draft: QueryDraft): readonly string[] {
  const subject = subjectOf(draft.of);
  if (subject?.type === 'node') return ['$window', '$name'];
  return subject ? ['$window', '$source', '$target'] : ['$window'];
}

const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** What the board keeps, or what is to be mended first, a sentence. */
export function queryOf(draft: QueryDraft, id = 'checked'): Checked<CustomQuery> {
  const refuse = (fault: string) => ({ ok: false, fault }) as const;
  const name = draft.name.trim();
  const query = draft.query.trim();
  if (name === '') return refuse('Give the question a name, to know it by where it fails.');
  if (query === '') return refuse('Write the question, in PromQL.');
  const known = placeholdersOf(draft);
  const strange = query.match(/\$\w+/g)?.find((each) => !known.includes(each));
  if (strange !== undefined)
    return refuse(`${strange} stands for nothing here. These do: ${known.join(', ')}.`);
  const subject = subjectOf(draft.of);
  const labels = byLabel(draft);
  const of = subject ?? (labels === 'node' ? { node: draft.node } : pick(draft));
  const asked = [
    ...(subject ? [] : labels === 'node' ? [draft.node] : [draft.source, draft.target]),
    ...(draft.instance.trim() === '' ? [] : [draft.instance.trim()]),
  ];
  const odd = asked.find((label) => !LABEL.test(label.trim()));
  if (odd !== undefined)
    return refuse(odd.trim() === '' ? 'Say which label names it.' : `“${odd}” is no label of Prometheus.`);
  const scale = draft.scale.trim() === '' ? undefined : Number(draft.scale);
  if (scale !== undefined && !Number.isFinite(scale)) return refuse('What it is multiplied by is a number.');
  const made: CustomQuery = {
    ...{ name, metric: draft.metric, query, of },
    ...(scale !== undefined && { scale }),
    ...(draft.instance.trim() !== '' && { instance: draft.instance.trim() }),
  };
  const holder: PrometheusSource = {
    ...{ id, type: 'prometheus', name, url: 'http://checked', interval: 5000, window: 60_000 },
    queries: [made],
  };
  const parsed = RECORD_SCHEMAS.sources.safeParse(holder);
  if (parsed.success) return { ok: true, value: made };
  return refuse(parsed.error.issues[0]?.message ?? 'The board can not keep this question.');
}

const pick = ({ source, target }: QueryDraft) => ({ source: source.trim(), target: target.trim() });

/** `seconds are 1000`: what to multiply by where the answer is in the usual unit of Prometheus. */
export const scaleHint = (metric: Metric): string =>
  METRICS[metric] === 'ms' ? 'to be in ms: 1000 for seconds' : `to be in ${METRICS[metric]}`;

/** Whom a kept question speaks of, in words. */
export function ofWords(board: Pick<Board, 'nodes' | 'edges'>, { of }: CustomQuery): string {
  if ('type' in of) return subjectName(board, of);
  return 'node' in of ? `by label ${of.node}` : `by labels ${of.source}, ${of.target}`;
}
