/**
 * Where tallies were folded, one of them may know as a service what another took for a stranger, since no
 * span of it was there: they are one part, and so are the hops to it.
 */
import { hopKey, serviceKey, strangerKey } from './draft.ts';
import type { PathTimes, Series, TalliedHop, Tally } from './tally.ts';

export function settled(tally: Tally): Tally {
  const known = new Map<string, string>();
  for (const { key, name } of tally.parts.values()) {
    const service = serviceKey(name);
    if (key === strangerKey(name) && tally.parts.has(service)) known.set(key, service);
  }
  if (known.size === 0) return tally;
  const hops = new Map<string, TalliedHop>();
  const moved = new Map<string, string>();
  for (const hop of tally.hops.values()) {
    const target = known.get(hop.target) ?? hop.target;
    const key = hopKey(hop.source, target, hop.kind);
    if (key !== hop.key) moved.set(hop.key, key);
    const same = hops.get(key);
    const operations = new Set([...(same?.operations ?? []), ...hop.operations]);
    hops.set(key, { ...hop, ...same, key, target, operations: [...operations] });
  }
  const series = tally.series.map((each): Series => ({ ...each, key: moved.get(each.key) ?? each.key }));
  const { requests } = tally;
  return {
    ...{ ...tally, hops, series },
    ...(requests && {
      requests: { ...requests, subjects: requests.subjects.map((name) => nowNamed(name, moved)) },
    }),
    parts: new Map([...tally.parts].filter(([key]) => !known.has(key))),
    paths: { answers: renamed(tally.paths.answers, moved), messages: renamed(tally.paths.messages, moved) },
  };
}

function renamed({ total, times }: PathTimes, moved: ReadonlyMap<string, string>): PathTimes {
  const sums = new Map<string, number>();
  for (const [name, time] of times) {
    const now = nowNamed(name, moved);
    sums.set(now, (sums.get(now) ?? 0) + time);
  }
  return { total, times: sums };
}

function nowNamed(name: string, moved: ReadonlyMap<string, string>): string {
  const key = name.startsWith('edge:') ? moved.get(name.slice('edge:'.length)) : undefined;
  return key === undefined ? name : `edge:${key}`;
}
