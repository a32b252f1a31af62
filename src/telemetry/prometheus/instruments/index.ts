/**
 * Instruments of parts: what queues, consumers, containers, processes, stores and machines tell of themselves.
 *
 *   table of instruments ─► one question each, where its series exist ─► figures of named parts
 *
 * Which node a figure is of, and which of several families speaks of it, is told where figures are bound.
 */
import type { Dialect, Scope } from '../dialects/dialect.ts';
import { CONTAINERS, MACHINE_ROOM } from './containers.ts';
import type { Instrument } from './instrument.ts';
import { PROCESSES } from './processes.ts';
import { promqlFor } from './promql.ts';
import { QUEUES } from './queues.ts';
import { type Asked, readFigures } from './read.ts';
import { SERVERS } from './servers.ts';

/**
 * What knows a part from inside before what sees it from outside: of one metric of a node the first that has any
 * figure speaks.
 */
const INSTRUMENTS: readonly Instrument[] = [
  ...QUEUES,
  ...SERVERS,
  ...CONTAINERS,
  ...PROCESSES,
  ...MACHINE_ROOM,
];

/** What only processes have that speak for others. */
const EXPORTERS = '[a-z0-9_]*exporter_build_info|cadvisor_version_info|kube_state_metrics_build_info';
/** Runs within the process that it speaks for. */
const AGENT = /^jmx_/;

export const instruments: Dialect = {
  name: 'instruments',
  metrics: [...new Set([...INSTRUMENTS.flatMap(({ needs }) => needs), EXPORTERS])].join('|'),
  listen(names, scope) {
    const exporters = names.filter(
      (name) => new RegExp(`^(?:${EXPORTERS})$`).test(name) && !AGENT.test(name),
    );
    const asked = INSTRUMENTS.flatMap((instrument) => askFor(instrument, names, exporters, scope));
    if (asked.length === 0) return null;
    return {
      questions: Object.fromEntries(asked.map(({ key, query }) => [key, query])),
      optional: true,
      async read(answers, pace) {
        return { traffic: [], ...(await readFigures(asked, answers, pace)) };
      },
    };
  },
};

function askFor(
  instrument: Instrument,
  names: readonly string[],
  exporters: readonly string[],
  scope: Scope,
): Asked[] {
  const found = instrument.needs.map((need) => findName(names, need));
  const known = found.filter((name) => name !== undefined);
  if (known.length < found.length) return [];
  const promql = promqlFor(instrument.naming, known[0]!, exporters, scope);
  const { metric, family, note, edge } = instrument;
  const key = [metric, edge, family, note, known[0]].filter(Boolean).join(', ');
  return [{ instrument, key, query: instrument.ask(promql, ...known) }];
}

const patterns = new Map<string, RegExp>();

/** The shortest of the names that fit: prefixes and endings are an exporter's own. */
function findName(names: readonly string[], need: string): string | undefined {
  const pattern = patterns.get(need) ?? new RegExp(`^(?:${need})$`);
  patterns.set(need, pattern);
  return names
    .filter((name) => pattern.test(name))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];
}
