/** What a trace back end answered, as it came → what it shows, at one moment or at many. */
import type { EpochMs, Fault, Milliseconds, Provenance } from '../../graph/index.ts';
import { type Refusal, refuse } from '../format.ts';
import { jaegerSpans } from '../jaeger/format.ts';
import { bracketDepth, lineAndColumn, parseJson } from '../json.ts';
import { MOST } from '../limits.ts';
import { zipkinSpans } from '../zipkin/format.ts';
import { seeTrace } from './file.ts';
import type { Sight } from './observe.ts';
import { milliseconds, type Span, traceOf } from './span.ts';

export type Answers = {
  format: 'jaeger' | 'zipkin';
  /** Answers to several questions; what two of them tell of is one trace. */
  bodies: readonly Uint8Array[];
  /** Each shows the traces that began in the window before it; a single one shows all of them. */
  moments: readonly { at: EpochMs; window: Milliseconds }[];
  provenance: Provenance;
};

export type Answered = {
  frames: (Sight & { at: EpochMs })[];
  /** How many traces each of the bodies told of. */
  counts: number[];
  /** How many they are together. */
  traces: number;
  /** When the first of them began; null when there is none. */
  since: EpochMs | null;
};

/** What the reader in the worker is asked, and what it says. */
export type AnswersRequest = { id: number; answers: Answers };
export type AnswersReply = { id: number; answered: ({ ok: true } & Answered) | Refusal };

type Trace = { spans: Span[]; began: EpochMs };

/**
 * Reads traces as the HTTP API of Jaeger or Zipkin sends them, drawn under ids that follow from what they
 * are: the same at every moment. Answers without traces show nothing; a refusal says what is wrong and
 * where. Never throws for what the answers say.
 */
export function readAnswers({ format, bodies, moments, provenance }: Answers): AnswersReply['answered'] {
  const { label } = provenance;
  const byId = new Map<string, Span[]>();
  const broken: Fault[] = [];
  const counts: number[] = [];
  for (const bytes of bodies) {
    const text = new TextDecoder().decode(bytes);
    const depth = bracketDepth(text);
    if (depth > MOST.depth)
      return refuse(label, '', `brackets nest ${depth} deep; at most ${MOST.depth} can be read`);
    const parsed = parseJson(text);
    if (!parsed.ok) return refuse(label, lineAndColumn(text, parsed.at), parsed.reason);
    const found = format === 'jaeger' ? jaegerSpans(parsed.value) : zipkinSpans(parsed.value);
    for (const fault of found.broken) broken.push(fault);
    const own = Map.groupBy(found.spans, traceOf);
    counts.push(own.size);
    // A trace may have grown between two answers.
    for (const [id, spans] of own) if (spans.length > (byId.get(id)?.length ?? 0)) byId.set(id, spans);
  }
  const traces = [...byId.values()].map((spans): Trace => ({ spans, began: beginningOf(spans) }));
  const frames: Answered['frames'] = [];
  for (const { at, window } of moments) {
    const isAll = moments.length === 1;
    const within = isAll ? traces : traces.filter(({ began }) => began > at - window && began <= at);
    const spans = within.flatMap((trace) => trace.spans);
    const found = { spans, broken: isAll || traces.length === 0 ? broken : [] };
    const sight = seeTrace(found, label, { provenance, at, window }, { newId: (subject) => subject });
    if ('faults' in sight) return sight;
    frames.push({ at, ...sight });
  }
  const since = traces.reduce<EpochMs | null>((first, { began }) => Math.min(first ?? began, began), null);
  return { ok: true, frames, counts, traces: traces.length, since };
}

/** When its request came in: by the clock of the part that it came to, since others may be wrong. */
function beginningOf(spans: readonly Span[]): EpochMs {
  const roots = spans.filter(({ parent }) => parent === null);
  let first: bigint | null = null;
  for (const { start } of roots.length > 0 ? roots : spans)
    if (start > 0n && (first === null || start < first)) first = start;
  return milliseconds(first ?? 0n);
}
