/**
 * Compose files, Kubernetes manifests and lists of addresses of real systems. What they state is counted beside the
 * readers, from plain YAML, in as few lines as will do.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, type TestContext, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { type Read, readFiles } from '../../src/formats/index.ts';
import type { Board, BoardEdge } from '../../src/graph/index.ts';

const DATA = '../shared/data';
const isHere = (ctx: TestContext): boolean => {
  if (!existsSync(DATA)) ctx.skip(`real compose files and manifests are left out: ${DATA} is not here`);
  return true;
};
const all = (folder: string, pattern: RegExp): string[] =>
  readdirSync(`${DATA}/${folder}`, { recursive: true, encoding: 'utf8' })
    .map((file) => (folder === '' ? file : `${folder}/${file}`))
    .filter((file) => pattern.test(file))
    .sort();
const text = (file: string) => readFileSync(`${DATA}/${file}`, 'utf8');

function open(files: readonly string[]): Extract<Read, { ok: true }> {
  let count = 0;
  const inputs = files.map((name) => ({ name, bytes: new Uint8Array(readFileSync(`${DATA}/${name}`)) }));
  const [first, ...more] = readFiles(inputs, { newId: () => `id-${count++}`, now: 0 });
  expect(more, files.join()).toEqual([]);
  if (!first!.read.ok) return expect.unreachable(`${files[0]}: ${JSON.stringify(first!.read.faults)}`);
  expect(first!.read.partial, files.join()).toBeUndefined();
  return first!.read;
}

const pairOf = ({ nodes }: Board, { source, target }: BoardEdge) =>
  `${nodes[source]!.name}->${nodes[target]!.name}`;
const pairs = (board: Board, how: 'stated' | 'inferred' | null = null): string[] =>
  Object.values(board.edges)
    .filter(({ origins = [] }) => how === null || origins.some((origin) => origin.how === how))
    .map((edge) => pairOf(board, edge))
    .sort();
const names = ({ nodes }: Board) =>
  Object.values(nodes)
    .filter(({ kind }) => kind !== 'topic' && kind !== 'queue')
    .map(({ name }) => name)
    .sort();

type Services = Record<string, { depends_on?: string[] | Record<string, unknown>; links?: string[] }>;
function statedIn(files: readonly string[]): { services: string[]; pairs: string[] } {
  const services = new Set<string>();
  const found = new Set<string>();
  for (const file of files) {
    const json: { services?: Services | null } = parse(text(file), { merge: true, maxAliasCount: 5000 });
    for (const [name, { depends_on: on = [] }] of Object.entries(json.services ?? {})) {
      services.add(name);
      for (const other of Array.isArray(on) ? on : Object.keys(on)) found.add(`${name}->${other}`);
    }
  }
  // Layers of a project name services of other layers.
  for (const pair of found) services.add(pair.split('->')[1]!);
  return { services: [...services].sort(), pairs: [...found].sort() };
}

/** Where an edge comes from, the file says its target's name. */
function expectTold({ board }: { board: Board }): void {
  for (const edge of Object.values(board.edges))
    for (const { from, at } of edge.origins ?? []) {
      const [, line] = /^line (\d+)/.exec(at ?? '') ?? [];
      const [first = '', ...rest] = text(from)
        .split('\n')
        .slice(Number(line) - 1, Number(line) + 30);
      // A script is told by the line that it begins in.
      const row = /[|>]-?\s*$/.test(first) ? rest.join('\n') : first;
      const target = board.nodes[edge.target]!;
      expect(row, `${pairOf(board, edge)} ${from} ${at}`).toContain(target.name);
    }
}

const COMPOSES = /compose[^/]*\.ya?ml$/;
const isCompose = (file: string) => COMPOSES.test(file) && !/kubernetes|openshift|extras/.test(file);

test('services and depends_on pairs of every compose file, each by itself', (ctx) => {
  isHere(ctx);
  const files = all('', COMPOSES).filter(isCompose);
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const { format, board } = open([file]);
    const stated = statedIn([file]);
    expect([format, names(board), pairs(board, 'stated')], file).toEqual([
      'compose',
      stated.services,
      stated.pairs,
    ]);
  }
});

test('files that go over one another are one project; what .env says is put in', (ctx) => {
  isHere(ctx);
  const layers = ['compose.yaml', 'compose.full.yaml', 'compose.observability.yaml', 'compose.agent.yaml'];
  const files = layers.map((file) => `otel-demo/${file}`);
  const { board, beside } = open([...files, 'otel-demo/.env']);
  const stated = statedIn(files);
  expect(beside).toEqual(['otel-demo/.env']);
  expect(names(board)).toEqual(stated.services);
  expect(pairs(board, 'stated')).toEqual(stated.pairs);
  // `NAME_ADDR=host:port` in .env, and a service that has NAME_ADDR in its environment.
  const addresses = new Map(
    [...text('otel-demo/.env').matchAll(/^(\w+_ADDR)=(?:http:\/\/)?([a-z-]+):/gm)].map(([, key, host]) => [
      key!,
      host!,
    ]),
  );
  expect(addresses.size).toBeGreaterThan(9);
  const known = new Set(stated.services);
  const named = files.flatMap((file) => {
    const { services }: { services: Record<string, { environment?: string[] }> } = parse(text(file), {
      merge: true,
      maxAliasCount: 5000,
    });
    return Object.entries(services).flatMap(([name, { environment = [] }]) =>
      environment.flatMap((key) => {
        const host = addresses.get(key);
        return host && known.has(host) && host !== name ? [`${name}->${host}`] : [];
      }),
    );
  });
  expect(named.length).toBeGreaterThan(15);
  expect(pairs(board, 'inferred')).toEqual(expect.arrayContaining(named));
  const kinds = Object.fromEntries(
    Object.values(board.nodes).map(({ name, kind, technology }) => [name, `${kind} ${technology}`]),
  );
  expect(kinds).toMatchObject({
    'astronomy-db': 'database PostgreSQL',
    'valkey-cart': 'cache Valkey',
    kafka: 'broker Kafka',
    orders: 'topic Kafka',
    opensearch: 'database OpenSearch',
    'otel-collector': 'service OpenTelemetry Collector',
    jaeger: 'service Jaeger',
  });
});

test('where nothing is stated nothing is invented: each inferred edge stands on a line that names its target', (ctx) => {
  isHere(ctx);
  const voting = open(['voting-app/docker-compose.yml']);
  expect(pairs(voting.board)).toEqual([]);
  const socks = open(['sock-shop/docker-compose.yml']);
  expect(pairs(socks.board, 'stated')).toEqual([]);
  expect(pairs(socks.board)).toEqual([
    'catalogue->zipkin',
    'payment->zipkin',
    'user->user-db',
    'user->zipkin',
    'user-sim->edge-router',
  ]);
  expectTold(socks);
  for (const file of all('kafka', COMPOSES)) expectTold(open([file]));
  for (const file of [
    'coroot/deploy/docker-compose.yaml',
    'deathstarbench/hotelReservation/docker-compose.yml',
  ])
    expectTold(open([file]));
});

test('no value of a secret is kept, of any compose file', (ctx) => {
  isHere(ctx);
  const secrets = [
    'superdba',
    'fake_mysql_password',
    'changeit',
    'monitoring_password',
    'astronomy_password',
  ];
  for (const file of all('', COMPOSES).filter(isCompose)) {
    const json = JSON.stringify(open([file, ...(file.startsWith('otel') ? ['otel-demo/.env'] : [])]).board);
    for (const secret of secrets) expect(json, file).not.toContain(secret);
  }
});

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'DeploymentConfig']);
const DOORS = new Set(['Route', 'Ingress', 'Gateway']);
type Manifest = { kind?: string; metadata: { name: string }; spec?: { hosts?: string[] } };
function manifestsIn(files: readonly string[]): string[] {
  const objects = files.flatMap((file) =>
    parseAllDocuments(text(file)).flatMap((document) => (document.toJS() as Manifest | null) ?? []),
  );
  const found = objects.flatMap(({ kind = '', metadata, spec }) => {
    if (kind === 'ServiceEntry') return spec?.hosts ?? [];
    return WORKLOADS.has(kind) || DOORS.has(kind) ? metadata.name : [];
  });
  return [...new Set(found)].sort();
}

test('Online Boutique: 13 of its 13 observed edges, in each form of its manifests', (ctx) => {
  isHere(ctx);
  const observed = Object.keys(JSON.parse(text('nezha/derived/observed-edges.json'))['online-boutique']);
  expect(observed).toHaveLength(13);
  const forms = [
    ['online-boutique/release/kubernetes-manifests.yaml', 'online-boutique/release/istio-manifests.yaml'],
    all('online-boutique/kubernetes-manifests', /\.yaml$/),
    all('online-boutique/kustomize/base', /\.yaml$/),
    all('online-boutique', /\.yaml$/),
  ];
  for (const files of forms) {
    const read = open(files);
    const { board } = read;
    expect(pairs(board), files[0]).toEqual(expect.arrayContaining(observed));
    const workloads = files.filter((file) => !file.includes('components/'));
    expect(names(board)).toEqual(expect.arrayContaining(manifestsIn(workloads)));
    expectTold(read);
  }
  const { board } = open(forms[1]!);
  // Of what the traces show and what they don't: a store, a load generator, and one call that they lack.
  expect(pairs(board)).toEqual(
    [
      ...observed,
      'cartservice->redis-cart',
      'checkoutservice->currencyservice',
      'loadgenerator->frontend',
    ].sort(),
  );
});

test('workloads and doors of every other folder of manifests', (ctx) => {
  isHere(ctx);
  const folders = [
    'deathstarbench/hotelReservation/kubernetes',
    'deathstarbench/mediaMicroservices/openshift',
    'deathstarbench/socialNetwork/openshift',
    'coroot/manifests',
  ];
  for (const folder of folders) {
    const files = all(folder, /\.yaml$/);
    const { format, board } = open(files);
    const known = manifestsIn(files);
    expect([format, names(board)], folder).toEqual(['kubernetes', known]);
  }
});

test('lists of addresses: the services, and the stores that are called after them', (ctx) => {
  isHere(ctx);
  const files = all('deathstarbench', /service-config\.json$/);
  expect(files).toHaveLength(3);
  for (const file of files) {
    const json: Record<string, { addr?: string }> = JSON.parse(text(file));
    const listed = Object.entries(json).flatMap(([name, { addr }]) => (addr ? name : []));
    const owned = listed.flatMap((name) => {
      const owner = name.replace(/-(?:mongodb|memcached|redis|rabbitmq)$/, '-service');
      return owner !== name && listed.includes(owner) ? [`${owner}->${name}`] : [];
    });
    expect(owned.length).toBeGreaterThan(10);
    const { format, board } = open([file]);
    expect([format, names(board), pairs(board)], file).toEqual(['addresses', listed.sort(), owned.sort()]);
  }
});
