/** Every file of the folder of real data: those of a known kind are read as what they are, the rest is refused in words. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFile } from '../../src/formats/index.ts';

const DATA = '../shared/data';

/** What each file is, by its path: the first that fits. A reason where it is of no kind that holds a system. */
const KINDS: readonly (readonly [path: RegExp, kind: string | RegExp])[] = [
  [/(?:^|\/)(?:LICENSE\w*|NOTICE|CITATION.*|.*\.md)$/, /./],
  [/compose\.extras\.yaml$/, /is neither/],
  [/\/openshift\/compose-.*\.yaml$/, 'kubernetes'],
  [/compose[^/]*\.ya?ml$/, 'compose'],
  [/(?:service-config)\.json$/, 'addresses'],
  [/ms_collecter\/.*\.json$/, 'jaeger'],
  [/(?:pvc|persistent-volume|-ns)\.yaml$/, /holds no workload, service or route/],
  [/kustomization\.yaml$|network-policy|\.patch\.yaml$/, /holds no workload|is built of what is not/],
  [/^(?:deathstarbench|online-boutique|coroot|kiali)\/.*\.yaml$/, 'kubernetes'],
  [/^jaeger-ui\/dependencies/, 'dependencies'],
  [/^jaeger-ui\/otlp2jaeger.*-in/, 'otlp'],
  [/^jaeger-ui\//, 'jaeger'],
  [/^kiali\/.*\.expected$/, 'kiali'],
  [/^zipkin\/.*\.json$/, 'zipkin'],
  [/^(?:otlp-proto\/trace|recorded-lab\/otlp-|kiali\/.*[Tt]empo)/, 'otlp'],
  [/(?:dependency|graph|ms_collecter\/trace)\.csv$/, 'csv'],
  [/^mermaid-examples\//, 'mermaid'],
  [/^microsecend\/.*\.txt$/, 'dot'],
  [/\.dsl$/, 'structurizr'],
  [/\.canvas$/, 'json-canvas'],
  [/(?:_?specs?|views|usecase\.[^/]*|deployment(?:\.\w+)?)\.c4$/, /names no part of a system/],
  [/\.c4$/, 'likec4'],
  // figures, labels, dashboards, schemas and settings: no system is drawn in them
  [/^(?:petshop-rca|nezha|recorded-lab|otel-demo|microsecend|jaeger)\//, /./],
];

test('each file is read as what it is, or refused with its name and a reason', (ctx) => {
  if (!existsSync(DATA)) return ctx.skip(`real files are left out: ${DATA} is not here`);
  const files = readdirSync(DATA, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(DATA.length + 1));
  expect(files.length).toBeGreaterThan(500);
  const odd: string[] = [];
  for (const name of files) {
    let count = 0;
    const bytes = new Uint8Array(readFileSync(`${DATA}/${name}`));
    const read = readFile({ name, bytes }, { newId: () => `id-${count++}`, now: 0 });
    const [, kind] = KINDS.find(([path]) => path.test(name)) ?? [];
    const answer = read.ok ? read.format : read.faults.map(({ file, reason }) => `${file}: ${reason}`).join();
    const isAsSaid =
      typeof kind === 'string' ? answer === kind : !read.ok && kind?.test(answer) && answer.startsWith(name);
    if (!isAsSaid) odd.push(`${name} → ${answer.slice(0, 120)}`);
    if (read.ok) expect(Object.keys(read.board.nodes).length, name).toBeGreaterThan(0);
  }
  expect(odd).toEqual([]);
});
