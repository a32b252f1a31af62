/** Services and the edges that they name by number → a graph with readings. */
import type { Provenance, Reading, Subject } from '../../graph/index.ts';
import { createGraph, titleOf } from '../build.ts';
import { isObject, type Read, type ReadContext } from '../format.ts';
import { nodeWords } from '../scene/words.ts';
import { momentIn, readingsOf, type Spell } from './statistics.ts';
import { lastOf, typed } from './types.ts';

type Json = Record<string, unknown>;
type Service = { json: Json; at: string; key: string; name: string; type: string };

const textIn = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
/** Numbers tell services apart; a file may have made text of them. */
const keyIn = (value: unknown): string | null =>
  typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : null;

type Target = { format: string; file: string };

export function readServices(value: Json, { format, file }: Target, context: ReadContext): Read {
  const graph = createGraph({ newId: context.newId, file });
  const services = new Map<string, Service>();
  const taken = new Set<string>();
  for (const [i, json] of (value.Services as unknown[]).entries()) {
    const at = `Services.${i}`;
    const key = isObject(json) ? keyIn(json.ReferenceId) : null;
    if (!isObject(json) || key === null || services.has(key)) {
      graph.broken('must be a service with a number of its own', `${at}.ReferenceId`);
      continue;
    }
    const type = textIn(json.Type);
    const said = textIn(json.Name) || `unnamed ${lastOf(type)}`;
    // A client is named after what it calls, a function after the service that runs it.
    const name = taken.has(said) || type === 'client' ? `${said} ${lastOf(type)}`.trim() : said;
    taken.add(name);
    services.set(key, { json, at, key, name, type });
  }
  const provenance: Provenance = {
    ...{ source: `file:${file}`, label: `X-Ray ${file}`, simulated: false },
    note: 'of sampled requests',
  };
  const readings: Reading[] = [];
  const whole = spellOf(value);
  const measure = (json: Json, subject: Subject, side: Reading['side']) => {
    const spell = whole ?? spellOf(json) ?? { at: context.now, window: 0 };
    readings.push(...readingsOf(json, { subject, side, provenance, ...spell }));
  };
  for (const { key, name, type, json, at } of services.values()) {
    const names = Array.isArray(json.Names) ? json.Names.map(textIn).filter((each) => each !== '') : [];
    const id = graph.node(key, {
      ...nodeWords(name),
      ...typed(type),
      name,
      ...(type !== 'client' && { names }),
      origin: { how: 'observed', at },
    });
    if (type !== 'client') measure(json, { type: 'node', id }, 'callee');
  }
  const measured = new Set<string>();
  for (const { key, json, at } of services.values())
    for (const [i, edge] of (Array.isArray(json.Edges) ? json.Edges : []).entries()) {
      const path = `${at}.Edges.${i}`;
      const target = isObject(edge) ? services.get(keyIn(edge.ReferenceId) ?? '') : undefined;
      if (!isObject(edge) || !target) {
        graph.broken('must be the number of a service in the file', `${path}.ReferenceId`);
        continue;
      }
      const origin = { how: 'observed', at: path } as const;
      const id = graph.edge(graph.node(key), graph.node(target.key), null, { origin });
      if (!measured.has(id)) measure(edge, { type: 'edge', id }, 'caller');
      measured.add(id);
    }
  if (textIn(value.NextToken) !== '') graph.remark('more of the graph was left on the server', 'NextToken');
  return graph.read(format, titleOf(file, 'X-Ray'), { readings });
}

function spellOf({ StartTime, EndTime }: Json): Spell | null {
  const [start, end] = [momentIn(StartTime), momentIn(EndTime)];
  return start !== null && end !== null && end > start ? { at: end, window: end - start } : null;
}
