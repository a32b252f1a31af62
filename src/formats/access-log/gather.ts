/** Requests, one after the other → what the proxy and its upstreams did, as parts, hops and series of durations. */
import type { EpochMs, Milliseconds } from '../../graph/index.ts';
import { hopKey } from '../trace/draft.ts';
import { MOST_MEASURED } from '../trace/measure.ts';
import type { Series, TalliedHop, TalliedPart } from '../trace/tally.ts';
import { aliasesOf } from './aliases.ts';
import { distributionOf, grainOf } from './distribution.ts';
import type { Attempt, Outcome, Product, Request } from './request.ts';

export type Gathered = {
  parts: ReadonlyMap<string, TalliedPart>;
  hops: ReadonlyMap<string, TalliedHop>;
  series: readonly Series[];
  /** What is to be known of the requests, with how many. */
  notes: ReadonlyMap<string, number>;
  /** When the first began and the last ended; null where no time is logged. */
  extent: { first: EpochMs; last: EpochMs } | null;
  /** How exactly durations are logged: whole ms, or whole seconds; null where finer than that. */
  grain: Milliseconds | null;
  requests: number;
};

/** What one request or attempt adds to a hop. */
type Measured = {
  duration: Milliseconds | null;
  operation: string | null;
  instance: string | null;
  failed: boolean;
};
type Hop = TalliedHop & { side: 'caller' | 'callee'; measured: Measured[] };

const CLIENT = 'client';
const UNNAMED = 'upstream';

export function gatherer(product: Product) {
  const parts = new Map<string, TalliedPart & { servers: Set<string> }>();
  const hops = new Map<string, Hop>();
  const notes = new Map<string, number>();
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [requests, servers] = [0, 0];
  const technology = product === 'proxy' ? null : product;

  const note = (reason: string) => notes.set(reason, (notes.get(reason) ?? 0) + 1);
  function partFor(key: string, name: string, kind: TalliedPart['kind'], made: string | null = null) {
    let part = parts.get(key);
    if (!part) {
      part = { key, kind, name, technology: made, names: [], serves: true, servers: new Set() };
      parts.set(key, part);
    }
    return part;
  }
  function hopFor(source: TalliedPart, target: TalliedPart, side: Hop['side'], of: Request): Hop {
    const key = hopKey(source.key, target.key, 'call');
    let hop = hops.get(key);
    if (!hop) {
      const ends = { key, source: source.key, target: target.key };
      hop = { ...ends, kind: 'call', protocol: of.protocol ?? 'HTTP', operations: [], side, measured: [] };
      hops.set(key, hop);
    }
    return hop;
  }
  function addAttempt(attempt: Attempt, proxy: TalliedPart, request: Request): void {
    const [upstream, server] = [short(attempt.upstream), short(attempt.server)];
    const name = upstream ?? server ?? UNNAMED;
    if (upstream === null && server === null)
      note('calls of an upstream that the log does not name, drawn as one');
    const part = partFor(`upstream ${name}`, name, 'service');
    if (server !== null && !part.servers.has(server)) {
      part.servers.add(server);
      servers++;
    }
    // A bare name is whom nginx was told to ask, and may stand for many.
    const isOne = server !== null && (upstream !== null || /:\d+$|^unix:/.test(server));
    hopFor(proxy, part, 'caller', request).measured.push({
      duration: request.outcome === 'switched' ? null : attempt.took,
      operation: request.operation,
      instance: isOne ? server : null,
      failed: attempt.failed,
    });
  }

  return {
    add(request: Request): void {
      const { time, took, operation, outcome, attempts } = request;
      requests++;
      if (time) {
        const end = request.stamped === 'end' ? time.at + time.grain : time.at + (took ?? 0) + 1;
        const begin = request.stamped === 'end' ? time.at - (took ?? 0) : time.at;
        first = Math.min(first, begin);
        last = Math.max(last, end);
        if (!time.zoned) note('times without a zone, taken for UTC');
      } else note('requests whose time is not logged');
      const name = request.proxy ?? product.toLowerCase();
      const proxy = partFor(
        `proxy ${name}`,
        name,
        product === 'HAProxy' ? 'load balancer' : 'gateway',
        technology,
      );
      const duration = outcome === 'switched' ? null : took;
      hopFor(partFor(CLIENT, CLIENT, 'client'), proxy, 'callee', request).measured.push({
        ...{ duration, operation, instance: null, failed: outcome === 'failed' },
      });
      const said = REMARKS[outcome];
      if (said) note(said);
      if (attempts.length > 1) note('requests for which more than one upstream was tried');
      for (const attempt of attempts) addAttempt(attempt, proxy, request);
    },
    /** How many parts and servers there are. */
    size: () => parts.size + servers,
    done(): Gathered {
      const measured = [...hops.values()].flatMap((hop) => hop.measured);
      const grain = grainOf(measured.map(({ duration }) => duration));
      const aliases = aliasesOf([...parts.values()], product);
      return {
        parts: new Map([...parts].map(([key, part]) => [key, { ...part, names: aliases.get(key)! }])),
        hops: new Map(
          [...hops].map(([key, { measured, side: _side, ...hop }]) => [
            key,
            { ...hop, operations: mostAsked(measured) },
          ]),
        ),
        series: [...hops.values()].flatMap((hop) => seriesOf(hop, grain)),
        ...{ notes, grain, requests },
        extent: first <= last ? { first, last } : null,
      };
    },
  };
}

const LONGEST_NAME = 200;
const short = (name: string | null) => name?.slice(0, LONGEST_NAME) ?? null;

const REMARKS: Partial<Record<Outcome, string>> = {
  left: 'requests that the client gave up before they were answered, not counted as failed',
  switched: 'connections of TCP, or that went on as something else than HTTP (101), not timed',
};

/** Operations, those most asked for first. */
function mostAsked(measured: readonly Measured[]): string[] {
  const counts = new Map<string, number>();
  for (const { operation } of measured)
    if (operation !== null) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([operation]) => operation);
}

function seriesOf({ key, side, measured }: Hop, grain: Milliseconds | null): Series[] {
  const often = new Set(mostAsked(measured).slice(0, MOST_MEASURED));
  const found = Map.groupBy(measured, ({ operation, instance }) =>
    JSON.stringify([instance, operation !== null && often.has(operation) ? operation : null]),
  );
  return [...found].map(([name, own]): Series => {
    const [instance, operation] = JSON.parse(name) as [string | null, string | null];
    return {
      ...{ type: 'edge', key, metric: 'latency', side, instance, operation },
      durations: distributionOf(
        own.flatMap(({ duration }) => duration ?? []),
        grain,
      ),
      calls: own.length,
      failed: own.filter(({ failed }) => failed).length,
    };
  });
}
