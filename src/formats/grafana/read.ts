/** A node graph → a graph with readings. */
import type { Provenance, Reading, Subject } from '../../graph/index.ts';
import { createGraph, titleOf } from '../build.ts';
import { kindOfWord } from '../diagram/kinds.ts';
import type { Read, ReadContext } from '../format.ts';
import { nodeWords } from '../scene/words.ts';
import type { Field, NodeGraph, Row } from './frames.ts';
import { statsOf } from './stats.ts';

const textIn = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';

type Target = { format: string; file: string };

export function readNodeGraph(
  { nodes, edges }: NodeGraph,
  { format, file }: Target,
  context: ReadContext,
): Read {
  const graph = createGraph({ newId: context.newId, file });
  const provenance: Provenance = { source: `file:${file}`, label: `Grafana ${file}`, simulated: false };
  const readings: Reading[] = [];
  const said = new Set<string>();
  const measure = (subject: Subject, row: Row, fields: readonly Field[]): string => {
    const { rate, errors, words } = statsOf(row, fields);
    const common = {
      subject,
      at: context.now,
      window: 0,
      instance: null,
      instances: null,
      side: null,
      samples: null,
    };
    said.add(subject.id);
    if (rate !== null) readings.push({ ...common, metric: 'rate', value: rate, provenance });
    if (errors !== null) readings.push({ ...common, metric: 'errors', value: errors, provenance });
    return words.join(', ');
  };
  const broken = (at: string, what: string) => graph.broken(`must have ${what}`, at);
  for (const row of nodes?.rows ?? []) {
    const key = textIn(row.value('id'));
    if (key === '') {
      broken(row.at, 'an id');
      continue;
    }
    // Frames of one panel may name a node again.
    if (graph.has(key) !== undefined) continue;
    const name = textIn(row.value('title')) || key;
    const about = textIn(row.value('subtitle'));
    const kind = kindOfWord(about) ?? nodeWords(about).kind;
    const id = graph.node(key, {
      ...nodeWords(name),
      ...(kind && { kind }),
      ...{ name, names: key === name ? [] : [key], origin: { how: 'observed', at: row.at } },
    });
    const words = measure({ type: 'node', id }, row, nodes!.fields);
    graph.node(key, { description: [about === name ? '' : about, words].filter(Boolean).join('\n') });
  }
  for (const row of edges.rows) {
    const [from, to] = [textIn(row.value('source')), textIn(row.value('target'))];
    if (from === '' || to === '') {
      broken(row.at, 'a source and a target');
      continue;
    }
    const origin = { how: 'observed', at: row.at } as const;
    const end = (key: string) =>
      graph.node(key, graph.has(key) === undefined ? { ...nodeWords(key), origin } : {});
    const [source, target] = [end(from), end(to)];
    const id = graph.edge(source, target, null);
    if (!said.has(id))
      graph.edge(source, target, null, {
        ...{ description: measure({ type: 'edge', id }, row, edges.fields), origin },
      });
  }
  if (readings.length > 0)
    graph.remark('the frames do not say when they are of: their figures are dated by when they were read');
  return graph.read(format, titleOf(file, 'Node graph'), { readings });
}
