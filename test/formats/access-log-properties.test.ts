/** Random requests, written as each proxy would have, come back as what they were. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mean, readingSchema, totalCount } from '../../src/graph/index.ts';
import { drop, opened, readingOf } from './drop.ts';
import { at, distribution, lines } from './logs.ts';

/** As one request went: durations in ms, of which the upstream had its share. */
type Spec = {
  second: number;
  method: string;
  path: string;
  status: number;
  server: string;
  served: number;
  rest: number;
};

const spec: fc.Arbitrary<Spec> = fc.record({
  second: fc.integer({ min: 0, max: 86_399 }),
  method: fc.constantFrom('GET', 'POST', 'DELETE'),
  path: fc.webPath({ size: 'small' }).map((path) => (path.startsWith('/') ? path : `/${path}`)),
  status: fc.constantFrom(200, 204, 301, 404, 429, 500, 502, 503),
  server: fc.constantFrom('10.0.0.1:80', 'app-2:8080', '[2001:db8::1]:80'),
  served: fc.integer({ min: 0, max: 90_000 }),
  rest: fc.integer({ min: 0, max: 50 }),
});

const seconds = (ms: number) => (ms / 1000).toFixed(3);
const two = (count: number) => String(count).padStart(2, '0');
const clock = (second: number) =>
  [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map(two).join(':');
const start = ({ second, method, path, status }: Spec) =>
  `192.0.2.1 - - [04/Mar/2026:${clock(second)} -0330] "${method} ${path} HTTP/2.0" ${status} 5 "-" "a \\x22b\\x22"`;

type Format = { proxy: string; head?: string; write(spec: Spec): string };

const FORMATS: Record<string, Format> = {
  'nginx, named': {
    proxy: 'nginx',
    write: (each) =>
      `${start(each)} us=${each.status} urt="${seconds(each.served)}" ua=${each.server} rt=${seconds(each.served + each.rest)}`,
  },
  'nginx, in order': {
    proxy: 'nginx',
    write: (each) =>
      `${start(each)} ${seconds(each.served + each.rest)} ${seconds(each.served)} ${each.server}`,
  },
  'nginx, stated': {
    proxy: 'nginx',
    head: `log_format any '$upstream_addr;$upstream_response_time;$request_time;$status;"$request";$time_iso8601';`,
    write: ({ server, served, rest, status, method, path, second }) =>
      `${server};${seconds(served)};${seconds(served + rest)};${status};"${method} ${path} HTTP/1.1";2026-03-04T${clock(second)}+01:00`,
  },
  'nginx, JSON': {
    proxy: 'nginx',
    write: ({ server, served, rest, status, method, path, second }) =>
      JSON.stringify({
        ...{ time_iso8601: `2026-03-04T${clock(second)}+01:00`, request: `${method} ${path} HTTP/1.1` },
        ...{ status, request_time: (served + rest) / 1000 },
        ...{ upstream_addr: server, upstream_response_time: seconds(served) },
      }),
  },
  Envoy: {
    proxy: 'envoy',
    write: ({ server, served, rest, status, method, path, second }) =>
      `[2026-03-04T${clock(second)}.250Z] "${method} ${path} HTTP/1.1" ${status} - 0 5 ${served + rest} ${served} "-" "-" "-" "-" "${server}"`,
  },
  'by fields': {
    proxy: 'proxy',
    head: '# fields: time=t duration=d unit=us status=s method=m path=p server=to upstream_duration=w',
    write: ({ server, served, rest, status, method, path, second }) =>
      JSON.stringify({
        ...{ t: 1_772_600_767 + second, d: (served + rest) * 1000, s: String(status), m: method, p: path },
        ...{ to: server, w: served * 1000 },
      }),
  },
};

const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);

describe.each(Object.entries(FORMATS))('%s', (_, { proxy, head, write }) => {
  const text = (specs: readonly Spec[]) => lines(...(head ? [head] : []), ...specs.map(write));

  test('counts, latencies and failures are those of the requests', () => {
    fc.assert(
      fc.property(fc.array(spec, { minLength: 1, maxLength: 60 }), (specs) => {
        const read = opened('a.log', text(specs));
        const edges = [
          {
            edge: at(read, 'client', proxy),
            side: 'callee',
            own: specs,
            took: (s: Spec) => s.served + s.rest,
          },
          ...[...Map.groupBy(specs, ({ server }) => server)].map(([server, own]) => {
            return {
              edge: at(read, proxy, server),
              side: 'caller',
              own,
              took: (s: Spec) => s.served,
            } as const;
          }),
        ] as const;
        for (const { edge, side, own, took } of edges) {
          const latency = readingOf(read, edge, 'latency', side)!;
          expect(latency.samples).toBe(own.length);
          expect(totalCount(distribution(latency))).toBe(own.length);
          expect(mean(distribution(latency))! * own.length).toBeCloseTo(sum(own.map(took)), 3);
          const failed = own.filter(({ status }) => status >= 500).length;
          expect(readingOf(read, edge, 'errors', side)?.value).toBe(failed / own.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('lines that are damaged are left out and told, or the log is refused', () => {
    const damage = fc.tuple(
      fc.nat(),
      fc.nat(),
      fc.constantFrom('', '"', '\\', '[', '{', '-', '\u0000', ' ', 'é'),
    );
    const specs = fc.array(spec, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(specs, fc.array(damage, { maxLength: 12 }), (all, damages) => {
        const written = [...text(all)];
        for (const [place, many, by] of damages) {
          const from = place % written.length;
          const gone = written.splice(from, many % 6, by);
          // Lines stay lines, so that they can be counted.
          if (gone.includes('\n')) written.splice(from, 1, '\n');
        }
        const read = drop('a.log', written.join(''));
        if (!read.ok) {
          expect(read.faults[0]!.reason).not.toMatch(/could not be read:/);
          return;
        }
        for (const reading of read.readings) expect(readingSchema.safeParse(reading).success).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
