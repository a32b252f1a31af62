/** Compose files and manifests that are damaged, bent or meant to hurt: an answer in time, and never a fault of the reader's. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drop } from './drop.ts';

const COMPOSE = `x-base: &base
  environment: { DB_HOST: db, URL: "http://api:80/x" }
services:
  web:
    <<: *base
    image: "web:\${TAG:-1}"
    command: ["run", "--db=db:5432"]
    depends_on: { db: { condition: service_started } }
    ports: ["80:80"]
    extends: { service: api }
  api: { image: node:20, links: ["db:database"], env_file: .env }
  db: { image: postgres:16 }
`;
const KUBERNETES = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
      - image: web
        env: [{ name: DB_HOST, value: db }]
        envFrom: [{ configMapRef: { name: c } }]
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: c }
data: { URL: "http://web:80" }
`;
const ADDRESSES =
  '{"a-service": {"addr": "a", "port": 1}, "a-redis": {"addr": "b", "port": 2, "up": ["a:1"]}}';

/** In less than 5 s of a processor's time; the reader finds fault with the file, never with itself. */
function expectAnswered(name: string, text: string): void {
  const start = process.cpuUsage();
  const read = drop(name, text);
  expect(process.cpuUsage(start).user).toBeLessThan(5_000_000);
  if (read.ok) {
    expect(Object.keys(read.board.nodes).length).toBeGreaterThan(0);
    return;
  }
  expect(read.faults.length).toBeGreaterThan(0);
  for (const { file, reason } of read.faults) {
    expect(file).toBe(name);
    expect(reason).not.toMatch(/could not be read|undefined|is not a function|Maximum call stack/);
  }
}

const BITS = [
  '[',
  '{',
  '}',
  '*base',
  '&base ',
  '<<: ',
  '\n',
  '\t',
  '- ',
  ': ',
  '!reset ',
  '${',
  '"',
  "'",
  '|',
  '\u0000',
  '---\n',
];
const bent = (text: string) =>
  fc
    .array(
      fc.record({
        at: fc.nat(text.length),
        cut: fc.nat(20),
        put: fc.oneof(fc.constantFrom(...BITS), fc.string({ maxLength: 5 })),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map((edits) =>
      edits.reduce((now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut), text),
    );

test('bent files', () => {
  for (const [name, text] of [
    ['compose.yml', COMPOSE],
    ['web.yaml', KUBERNETES],
    ['service-config.json', ADDRESSES],
  ] as const)
    fc.assert(
      fc.property(bent(text), (each) => void expectAnswered(name, each)),
      { numRuns: 300 },
    );
});

test('values of any type where another is meant', () => {
  const key = fc.constantFrom(
    ...[
      'services',
      'web',
      'image',
      'environment',
      'depends_on',
      'ports',
      'extends',
      'include',
      'deploy',
      'configs',
    ],
    ...[
      'apiVersion',
      'kind',
      'metadata',
      'name',
      'spec',
      'template',
      'containers',
      'env',
      'selector',
      'labels',
    ],
    ...['rules', 'http', 'paths', 'backend', 'hosts', 'data', 'items', '__proto__', 'constructor'],
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(
        'web',
        'Deployment',
        'List',
        'v1',
        'Service',
        'http://web:80',
        'ConfigMap',
        'Ingress',
        '',
        null,
        true,
        7,
      ),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(key, tie('any'), { maxKeys: 5 }),
    ),
  })).any;
  fc.assert(
    fc.property(value, (any) => {
      expectAnswered('compose.json', JSON.stringify({ services: { web: { image: 'web' }, odd: any } }));
      expectAnswered('compose.yml', `services:\n  web: {image: web}\n  odd: ${JSON.stringify(any)}\n`);
      for (const kind of ['Deployment', 'Service', 'Ingress', 'VirtualService', 'ConfigMap', 'List'])
        expectAnswered(
          'k.json',
          JSON.stringify({
            apiVersion: 'networking.istio.io/v1',
            kind,
            metadata: { name: 'x' },
            spec: any,
            items: [any],
          }),
        );
    }),
    { numRuns: 200 },
  );
});

const many = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('');
const BOMBS: readonly (readonly [name: string, text: string])[] = [
  [
    'aliases',
    `services:\n  a: &a0 {image: x}\n${many(40, (i) => `  b${i}: &a${i + 1} {e: [*a${i}, *a${i}, *a${i}]}\n`)}`,
  ],
  [
    'merges',
    `x0: &x0 {image: x}\n${many(60, (i) => `x${i + 1}: &x${i + 1} {<<: [*x${i}, *x${i}], k${i}: 1}\n`)}services:\n  a: {<<: *x60}\n`,
  ],
  ['brackets', `services: ${'['.repeat(400_000)}`],
  ['maps', `services: ${'{a: '.repeat(200_000)}`],
  ['dashes', `services:\n  ${'- '.repeat(300_000)}x\n`],
  ['indents', `services:\n${many(1_500, (i) => `${' '.repeat(i + 1)}a:\n`)}`],
  ['tags', `services:\n  a: ${'!a '.repeat(400_000)}x\n`],
  ['anchors', `services:\n  a: ${'&a '.repeat(400_000)}x\n`],
  ['comments', `services:\n${'  # x\n'.repeat(300_000)}`],
  ['many services', `services:\n${many(30_000, (i) => `  s${i}: {image: x}\n`)}`],
  [
    'everybody',
    `services:\n${many(300, (i) => `  s${i}: {image: x, depends_on: [${many(300, (j) => `s${j},`)}]}\n`)}`,
  ],
  ['one long value', `services:\n  a: {image: "${'x:1,'.repeat(500_000)}"}\n`],
  [
    'one long command',
    `services:\n  a: {image: x, command: "${'a"b '.repeat(100_000).replaceAll('"', "'")}"}\n`,
  ],
  [
    'one long list of hosts',
    `services:\n  a: {image: x, environment: {HOSTS: "${'a.b.c-d:99999,'.repeat(3_000)}"}}\n`,
  ],
  ['one long address', `services:\n  a: {image: x, environment: {URL: "${'a://'.repeat(12_000)}"}}\n`],
  ['variables', `services:\n  a: {image: "${'${A:-'.repeat(20_000)}"}\n`],
  ['documents', `services: {a: {image: x}}\n${'---\na: 1\n'.repeat(100_000)}`],
  [
    'ring of extends',
    `services:\n${many(2_000, (i) => `  s${i}: {extends: s${(i + 1) % 2_000}, image: x}\n`)}`,
  ],
];
test.each(BOMBS)('bomb: %s', (_, text) => expectAnswered('compose.yml', text));
