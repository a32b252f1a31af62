/** Files made to be slow, too deep or too many: the languages of diagrams, drawings, tables, manifests and zips. */
import { gzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { bytesOf } from './drop.ts';
import { expectAnswered } from './hostile.ts';

const many = (count: number, line: string | ((i: number) => string)): string =>
  typeof line === 'string' ? line.repeat(count) : Array.from({ length: count }, (_, i) => line(i)).join('');
const nested = (count: number, open: string, shut: string, inside = ''): string =>
  `${open.repeat(count)}${inside}${shut.repeat(count)}`;
const drawing = (cells: string) =>
  `<mxfile><diagram name="p"><mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>${cells}</root></mxGraphModel></diagram></mxfile>`;
const laughing = many(40, (i) => `a${i + 1}: &a${i + 1} {${many(10, (j) => `k${j}: *a${i}, `)}}\n`);
const elements = (count: number, of: (i: number) => object) =>
  JSON.stringify({ type: 'excalidraw', elements: Array.from({ length: count }, (_, i) => of(i)) });
const box = (i: number) => ({
  ...{ id: `b${i}`, type: 'rectangle', x: 0, y: 0, width: 1e6, height: 1e6, text: `t${i}` },
  frameId: `b${(i + 1) % 3000}`,
});

const HUGE: Readonly<Record<string, string>> = {
  'subgraphs.mmd': `graph TD\n${nested(20_000, 'subgraph a\n', 'end\n', 'x-->y\n')}`,
  'everybody.mmd': `graph TD\n${many(300, 'a&b&c&d&e&')}z-->${many(300, (i) => `n${i}&`)}z\n`,
  'chain.mmd': `graph TD\na${many(60_000, '-->b')}\n`,
  'quotes.mmd': `graph TD\na["${many(500_000, '`')}"]\n`,
  'open.mmd': `graph TD\n${many(100_000, 'a[')}\n`,
  'dashes.mmd': `graph TD\na ${'-'.repeat(1_000_000)}\n`,
  'alts.mmd': `sequenceDiagram\n${nested(20_000, 'alt x\n', 'end\n', 'a->>b: x\n')}`,
  'boundaries.mmd': `C4Container\n${nested(20_000, 'System_Boundary(a, "b") {\n', '}\n')}`,
  'fences.md': many(100_000, '```mermaid\n'),
  'pipes.md': `| name | kind |\n|---|---|\n${many(100_000, '| a |')}`,
  'clusters.dot': `digraph {${nested(20_000, 'subgraph cluster_a {', '}', 'a->b')}}`,
  'sets.dot': `digraph {${many(40, (i) => `{${many(500, (j) => `a${i}_${j};`)}} -> `)}x}`,
  'html.dot': `digraph { a [label=${nested(200_000, '<', '>')}] }`,
  'strings.dot': `digraph { a [label=${many(200_000, '"a"+')}"b"] }`,
  'comments.dot': `digraph { ${many(300_000, '/*')} }`,
  'braces.d2': nested(50_000, 'a: {\n', '}\n'),
  'dots.d2': `${many(200_000, 'a.')}a -> b\n`,
  'up.d2': `a: { b: { ${many(50_000, '_.')}c -> d } }\n`,
  'spread.d2': `vars: { a: \${a} }\nb: \${${many(50_000, 'a.')}a}\n`,
  'groups.dsl': `workspace {\nmodel {\n${nested(20_000, 'group "a" {\n', '}\n')}}\n}`,
  'constants.dsl': `workspace {\n${many(3_000, (i) => `!const A${i + 1} "\${A${i}}\${A${i}}"\n`)}model {\n}\n}`,
  'systems.c4': `model {\n${nested(20_000, 'a = system "x" {\n', '}\n')}}\n`,
  'texts.c4': `model { a = system '${many(500_000, "\\'")}\n}`,
  'arrows.sketch': `a${many(100_000, ' -> b')}\n`,
  'brackets.sketch': `${many(200_000, '(a')}\n`,
  'cells.drawio': drawing(
    many(
      30_000,
      (i) =>
        `<mxCell id="c${i}" value="x" vertex="1" parent="c${i + 1}"><mxGeometry width="9" height="9"/></mxCell>`,
    ),
  ),
  'edges.drawio': drawing(
    many(30_000, (i) => `<mxCell id="e${i}" edge="1" parent="1" source="e${i + 1}" target="e${i}"/>`),
  ),
  'html.drawio': drawing(
    `<mxCell id="a" vertex="1" parent="1" style="html=1" value="${many(100_000, '&lt;b&gt;')}"><mxGeometry width="9" height="9"/></mxCell>`,
  ),
  'deep.drawio': nested(200_000, '<a>', '</a>'),
  'attributes.drawio': `<mxfile ${many(200_000, (i) => `a${i}="b" `)}></mxfile>`,
  'laughs.drawio': `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(50_000)}"><!ENTITY b "${many(1_000, '&a;')}">]>${drawing(`<mxCell id="a" value="${many(1_000, '&b;')}" vertex="1" parent="1"><mxGeometry width="9" height="9"/></mxCell>`)}`,
  'frames.excalidraw': elements(3_000, box),
  'arrows.excalidraw': elements(4_000, (i) =>
    i % 2
      ? box(i)
      : {
          ...{
            id: `a${i}`,
            type: 'arrow',
            x: 0,
            y: 0,
            points: [
              [0, 0],
              [1e6, 1e6],
            ],
          },
        },
  ),
  'groups.canvas': JSON.stringify({
    nodes: Array.from({ length: 3_000 }, (_, i) => ({
      id: `g${i}`,
      type: 'group',
      x: -i,
      y: -i,
      width: 2 * i,
      height: 2 * i,
    })),
    edges: [],
  }),
  'columns.csv': `source,target${many(200_000, (i) => `,c${i}`)}\na,b\n`,
  'quotes.csv': `source,target\n${many(500_000, '"a""')}`,
  'rows.csv': `source,target\n${many(200_000, 'a,b\n')}`,
  'matrix.csv': `${many(1_500, (i) => `,n${i}`)}\n${many(1_500, (i) => `n${i}${',1'.repeat(1_500)}\n`)}`,
  'laughs.yaml': `apiVersion: v1\nkind: Service\nmetadata: {name: a}\na0: &a0 {a: b}\n${laughing}`,
  'laughs.compose.yml': `a0: &a0 {a: b}\n${laughing}services:\n  a: *a40\n`,
  'documents.yaml': many(30_000, (i) => `apiVersion: v1\nkind: Service\nmetadata: {name: s${i}}\n---\n`),
  'lists.json': nested(
    60,
    '{"apiVersion":"v1","kind":"List","items":[',
    ']}',
    '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}',
  ),
  'patches.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [.]\npatches:\n${many(5_000, '- {patch: "- {op: add, path: /a/b, value: c}", target: {kind: Service}}\n')}`,
  'tags.log': many(
    20_000,
    `192.0.2.1 - - [04/Mar/2026:05:06:07 +0000] "GET /${'a/'.repeat(200)} HTTP/1.1" 200 1\n`,
  ),
};

test.each(Object.entries(HUGE))('%s', (name, text) => {
  expectAnswered(name, bytesOf(text));
});

test('zips: too many files, a file that is a bomb, a zip in a zip, paths that lead out', () => {
  const one = { level: 1, mtime: 4e11 } as const;
  const bomb = new Uint8Array(60_000_000);
  const reason = (bytes: Uint8Array) => {
    const read = expectAnswered('x.zip', bytes);
    return read.ok ? read.format : read.faults[0]!.reason;
  };
  const files = Object.fromEntries(
    Array.from({ length: 5_001 }, (_, i) => [`f${i}.mmd`, bytesOf('graph TD')]),
  );
  expect(reason(zipSync(files, { ...one, level: 0 }))).toMatch(/5001 files/);
  expect(reason(zipSync({ 'a.json': bomb }, one))).toMatch(/unpacks to more than 50 MB/);
  expect(reason(zipSync({ 'a.json.gz': gzipSync(bomb, { level: 1, mtime: 1 }) }, one))).toMatch(
    /more than 50 MB/,
  );
  expect(reason(zipSync({ 'a.zip': zipSync({ 'b.mmd': bytesOf('graph TD\na-->b') }, one) }, one))).not.toBe(
    'mermaid',
  );
  expect(reason(zipSync({ '../../etc/a.mmd': bytesOf('graph TD\na-->b') }, one))).toBe('mermaid');
});
