/**
 * Requests by the OpenTelemetry conventions: the client names the address it called and holds one stopwatch; the
 * server holds the other, and does not know who called.
 */
import type { Labels } from '../answer.ts';
import type { Seen, Served, Traffic } from '../traffic.ts';
import { ADDRESS, addressEnd, addressIn, keyOf } from './address.ts';
import type { Dialect } from './dialect.ts';
import { type Convention, metersOf, namesOfTimers } from './otel.ts';
import { createParts } from './parts.ts';
import { twiceRemark } from './scrapes.ts';

type Requests = {
  name: string;
  client: readonly Convention[];
  server: readonly Convention[];
  /** Labels that tell failures apart. */
  outcome: readonly string[];
  hasFailed(labels: Labels): boolean;
};

/** Where telemetry itself is sent (OTLP over gRPC and HTTP): not traffic of the system. */
const OTLP_PORTS = new Set(['4317', '4318']);

export const requestsDialect = ({ name, client, server, outcome, hasFailed }: Requests): Dialect => ({
  name,
  metrics: namesOfTimers([...client, ...server]),
  listen(names, scope) {
    const calls = metersOf('client', names, client, ADDRESS, outcome, scope);
    const answered = metersOf('server', names, server, [], outcome, scope);
    if (!calls && !answered) return null;
    return {
      questions: { ...calls?.questions, ...answered?.questions },
      async read(answers, pace): Promise<Seen> {
        const parts = createParts();
        const traffic: Traffic[] = [];
        const served: Served[] = [];
        const remarks = new Set<string>();
        const called = await calls?.read(answers, parts, hasFailed, addressKey, pace);
        for (const { labels, who, rate, failed, latency, asked } of called?.timed ?? []) {
          const address = addressIn(labels);
          if (!address) continue;
          if (OTLP_PORTS.has(address.port)) {
            remarks.add(`Calls to port ${address.port} are left out: that is where telemetry is sent.`);
            continue;
          }
          const ends = { source: who.end, target: addressEnd(parts, address) };
          const instance = { caller: who.instance, callee: null };
          const timed = latency ? { caller: latency } : {};
          traffic.push({ ...ends, kind: 'call', rate, failed, latency: timed, instance, asked });
        }
        const heard = await answered?.read(answers, parts, hasFailed, () => '', pace);
        for (const { who, rate, failed, latency, asked } of heard?.timed ?? [])
          served.push({ by: who.end, rate, failed, latency, instance: who.instance, asked });
        const twice = new Set([...(called?.twice ?? []), ...(heard?.twice ?? [])]);
        return { traffic, served, remarks: [...remarks, ...twiceRemark(twice)] };
      },
    };
  },
});

function addressKey(labels: Labels): string {
  const address = addressIn(labels);
  return address ? keyOf(address) : '';
}
