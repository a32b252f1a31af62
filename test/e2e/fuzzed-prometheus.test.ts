/** A Prometheus whose mood changes at random: whatever it sends, a pill says what is true, what was and is stale, or nothing. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { afterEach, expect, it } from 'vitest';
import { type Chalkline, oneBrowser } from './driver.ts';
import { MOODS, type Mood, startMoody, type Told } from './moody-prometheus.ts';

let server: Awaited<ReturnType<typeof startMoody>> | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});
// hooks run backwards: the page is closed before its server
const open = oneBrowser();

const EDGES = 200;
const COLUMNS = 10;
/** How often it is asked, milliseconds. */
const INTERVAL = 2000;
/** Silence after which nothing may be called live, and what a look itself may take; seconds. */
const STALE_AFTER = 15;
const LOOK = 4;
/** A question that hangs is given up, and after failures there is a pause: so long, at most, till it is asked again. */
const RECOVERY = 2 * INTERVAL + 5000 + INTERVAL;

const HTTP: Told[] = [{ source: 'web', target: 'api', instances: ['web-1', 'web-2'] }];
const GRAPH = Array.from({ length: EDGES - 1 }, (_, i): Told => {
  const from = i % 100;
  return { source: `part-${from}`, target: `part-${(from + 1 + Math.floor(i / 100)) % 100}`, instances: [] };
});
const LOOKED_AT = [HTTP[0]!, GRAPH[0]!, GRAPH[45]!];

/** A board of all that it tells of, asking it. */
function boardAsking(url: string) {
  const all = [...HTTP, ...GRAPH];
  const names = [...new Set(all.flatMap(({ source, target }) => [source, target]))];
  const place = (i: number) => [(i % COLUMNS) * 420, Math.floor(i / COLUMNS) * 220];
  return {
    schema: 2,
    id: 'fuzzed',
    title: 'Fuzzed',
    nodes: Object.fromEntries(names.map((name, i) => [name, { name, kind: 'service', position: place(i) }])),
    edges: Object.fromEntries(all.map(({ source, target }, i) => [`e${i}`, { source, target }])),
    sources: { p: { type: 'prometheus', name: 'Moody', url, interval: INTERVAL, window: 10_000 } },
  };
}

type Look = { words: string; ms: number | null; live: boolean };

async function look(chalkline: Chalkline, { source, target }: Told): Promise<Look> {
  const words = await chalkline.pillText(source, target);
  const [, figure, unit] = /p95 ([\d.]+) (micro|milli)?seconds/.exec(words) ?? [];
  const ms = figure === undefined ? null : Number(figure) * ({ micro: 0.001, milli: 1 }[unit ?? ''] ?? 1000);
  return { words, ms, live: ms !== null && !words.includes('stale') };
}

/** What is wrong with what a pill says now; null where nothing is. */
function wrongIn({ words, ms, live }: Look, sent: ReadonlyMap<number, number>): string | null {
  if (ms === null) return /\d/.test(words.split(',').slice(1).join()) ? `unread: ${words}` : null;
  const about = Math.max(...[ms - 1, ms, ms + 1].map((near) => sent.get(Math.round(near)) ?? 0));
  if (about === 0) return `never sent: ${words}`;
  const age = Date.now() / 1000 - about;
  return live && age > STALE_AFTER + LOOK ? `called live after ${age.toFixed(1)} s: ${words}` : null;
}

async function longTasks(chalkline: Chalkline): Promise<() => Promise<number[]>> {
  await chalkline.page.evaluate(() => {
    const long: number[] = [];
    Object.assign(window, { long });
    new PerformanceObserver((list) =>
      long.push(...list.getEntries().map(({ duration }) => Math.round(duration))),
    ).observe({ type: 'longtask' });
  });
  return () => chalkline.page.evaluate(() => (window as unknown as { long: number[] }).long.splice(0));
}

it('says what is true, what was true and is stale, or nothing', { timeout: 400_000 }, async ({
  annotate,
}) => {
  const seed = Number(process.env.CHALKLINE_SEED ?? Date.now() % 2 ** 31);
  const generator = xoroshiro128plus(seed);
  const random = () => uniformFloat64(generator);
  server = await startMoody(GRAPH, HTTP, random);
  const { state, sent } = server;
  const chalkline = await open({
    expectComplaint: /ERR_|Failed to load resource|CORS/,
    width: 1600,
    height: 1000,
  });
  await chalkline.drop('fuzzed.json', JSON.stringify(boardAsking(server.url)));
  await chalkline.edge('web', 'api').waitFor();
  await chalkline.stopped();
  const long = await longTasks(chalkline);
  const wrong: string[] = [];
  const lookAll = async (mood: Mood) => {
    for (const told of LOOKED_AT) {
      const seen = await look(chalkline, told);
      const found = wrongIn(seen, sent);
      if (found !== null) wrong.push(`${mood}: ${found}`);
    }
  };
  const lookFor = async (mood: Mood, milliseconds: number) => {
    for (const end = Date.now() + milliseconds; Date.now() < end; ) await lookAll(mood);
  };
  /** Each pill says, as live, what was true after this. */
  const recovered = async () => {
    const since = Date.now() / 1000;
    for (const told of LOOKED_AT)
      await expect
        .poll(
          async () => {
            const { ms, live } = await look(chalkline, told);
            return live && (sent.get(Math.round(ms!)) ?? 0) >= since - 1;
          },
          { timeout: RECOVERY + LOOK * 1000, message: `${told.target} recovers (seed ${seed})` },
        )
        .toBe(true);
  };
  const tasks: string[] = [];
  const moods = (Object.keys(MOODS) as Mood[])
    .map((mood) => ({ mood, at: random() }))
    .sort((a, b) => a.at - b.at);
  await recovered();
  await long();
  for (const { mood } of moods) {
    state.mood = mood;
    await lookFor(mood, 1500 + random() * 4000);
    tasks.push(`${mood}: ${(await long()).join(' ')}`);
    state.mood = 'well';
    await recovered();
    await lookAll('well');
    tasks.push(`well: ${(await long()).join(' ')}`);
  }
  // silence: nothing is live after the time for it
  state.mood = 'hung';
  await lookFor('hung', (STALE_AFTER + 1) * 1000);
  for (const told of LOOKED_AT) expect((await look(chalkline, told)).live, `seed ${seed}`).toBe(false);
  state.mood = 'well';
  await recovered();
  await annotate(`seed ${seed}; tasks over 50 ms: ${tasks.join('; ')}`);
  expect(wrong, `seed ${seed}`).toEqual([]);
});
