/**
 * One poll of a Prometheus with a service graph, two instances of every part: what it costs the page from the bytes of the
 * answers to readings of drawn edges, beside parsing the same answers in one go; and the longest task of it.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Board, emptyBoard } from '../src/graph/index.ts';
import { machine } from '../src/telemetry/index.ts';
import { pollOnce } from '../src/telemetry/prometheus/poll.ts';
import { atMost, median, type Row, ratioAtMost, row } from './row.ts';

const INSTANCES = 2;
const ROUNDS = 7;
const BOUNDS = ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '5', '10', '+Inf'];
/** Bytes that a network hands over at a time. */
const CHUNK = 64 * 1024;
const NONE = '{"status":"success","data":{"resultType":"vector","result":[]}}';

export const pollRows = async (): Promise<Row[]> => [...(await poll(1000)), ...(await poll(5000))];

/** As many parts as there are edges divided by five, each calling its next ones. */
function boardOf(edges: number): Board {
  const board = emptyBoard('board');
  const parts = edges / 5;
  for (let i = 0; i < parts; i++)
    board.nodes[`n${i}`] = { id: `n${i}`, name: `service-${i}`, kind: 'service', position: [0, 0] };
  for (let i = 0; i < edges; i++) {
    const source = i % parts;
    const target = (source + 1 + Math.floor(i / parts)) % parts;
    board.edges[`e${i}`] = { id: `e${i}`, source: `n${source}`, target: `n${target}`, kind: 'call' };
  }
  return board;
}

function answers(board: Board, bounds: readonly (string | null)[]): string {
  const result = Object.values(board.edges).flatMap(({ source, target }) =>
    Array.from({ length: INSTANCES }, (_, instance) =>
      bounds.map((le, i) => ({
        metric: {
          client: board.nodes[source]!.name,
          server: board.nodes[target]!.name,
          server_service_instance_id: `${target}-${instance}`,
          ...(le !== null && { le }),
        },
        value: [1_700_000_000, String((i + 1) * 1.7)],
      })),
    ).flat(),
  );
  return JSON.stringify({ status: 'success', data: { resultType: 'vector', result } });
}

function streamed(text: string): Response {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  const body = new ReadableStream({
    async pull(controller) {
      // Each chunk comes by itself, as from a network.
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.subarray(at, (at += CHUNK)));
    },
  });
  return new Response(body);
}

async function poll(edges: number): Promise<Row[]> {
  const board = boardOf(edges);
  const buckets = answers(board, BOUNDS);
  const numbers = answers(board, [null]);
  const answerTo = (query: string): string => {
    if (/messaging|failed|vector\(/.test(query)) return NONE;
    return query.includes('_bucket') ? buckets : numbers;
  };
  const sent: string[] = [];
  const fetcher: typeof fetch = async (url, init) => {
    if (String(url).includes('__name__'))
      return new Response('{"status":"success","data":["traces_service_graph_request_total"]}');
    const text = answerTo(new URLSearchParams(String(init?.body)).get('query') ?? '');
    sent.push(text);
    return streamed(text);
  };
  const config = {
    id: 'p',
    type: 'prometheus' as const,
    name: '',
    url: 'http://p',
    interval: 60_000,
    window: 60_000,
  };
  const [ours, peer, longest]: [number[], number[], number[]] = [[], [], []];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  for (let round = 0; round < ROUNDS; round++) {
    sent.length = 0;
    delay.reset();
    delay.enable();
    const before = process.cpuUsage();
    const read = await pollOnce(
      config,
      null,
      () => board,
      { ...machine, fetch: fetcher },
      new AbortController(),
    );
    ours.push(process.cpuUsage(before).user / 1000);
    delay.disable();
    longest.push(delay.max / 1e6);
    if (!read.ok || read.value.readings.length < edges) throw new Error('the poll brought too little');
    const start = process.cpuUsage();
    for (const text of sent) JSON.parse(text);
    peer.push(process.cpuUsage(start).user / 1000);
  }
  const name = `poll of ${edges.toLocaleString('en')} edges`;
  const beside = { peer: median(peer), peerName: 'JSON.parse', unit: 'ms' };
  return [
    row({ name: `${name}: processor time`, ours: median(ours), ...beside }, ratioAtMost(8)),
    row({ name: `${name}: longest task`, ours: median(longest), ...beside }, atMost(50)),
  ];
}
