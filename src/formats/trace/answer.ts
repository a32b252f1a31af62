/** The text that a trace back end answered with → what it shows. */

import { type Refusal, refuse } from '../format.ts';
import { jaegerSpans } from '../jaeger.ts';
import { bracketDepth, lineAndColumn, parseJson } from '../json.ts';
import { MOST, megabytes } from '../limits.ts';
import { zipkinSpans } from '../zipkin/format.ts';
import { seeTrace } from './file.ts';
import type { Ids, Seen, Sight } from './observe.ts';

/**
 * Reads traces as the HTTP API of Jaeger or Zipkin sends them. An answer without traces shows nothing; a
 * refusal says what is wrong and where. Never throws for what the text says.
 */
export function readSpans(
  format: 'jaeger' | 'zipkin',
  json: string,
  seen: Seen,
  ids: Ids,
): ({ ok: true } & Sight) | Refusal {
  const { label } = seen.provenance;
  if (json.length > MOST.file)
    return refuse(
      label,
      '',
      `answered with ${megabytes(json.length)}; up to ${megabytes(MOST.file)} can be read`,
    );
  const depth = bracketDepth(json);
  if (depth > MOST.depth)
    return refuse(label, '', `brackets nest ${depth} deep; at most ${MOST.depth} can be read`);
  const parsed = parseJson(json);
  if (!parsed.ok) return refuse(label, lineAndColumn(json, parsed.at), parsed.reason);
  const found = format === 'jaeger' ? jaegerSpans(parsed.value) : zipkinSpans(parsed.value);
  const sight = seeTrace(found, label, seen, ids);
  return 'faults' in sight ? sight : { ok: true, ...sight };
}
