/**
 * Node graphs of Grafana: the two data frames of such a panel as its inspector shows them (as JSON of frames, of panel
 * data, or as the answer to the query), and the same as lists of objects, as data sources for it answer.
 */
import { type Format, type Opened, type Read, type ReadContext, refuse } from '../format.ts';
import { graphIn } from './frames.ts';
import { readNodeGraph } from './read.ts';

const contentOf = (opened: Opened): unknown =>
  opened.type === 'json' && opened.values.length === 1 ? opened.values[0] : null;

function readGrafana(opened: Opened, file: string, context: ReadContext): Read {
  const graph = graphIn(contentOf(opened));
  return graph
    ? readNodeGraph(graph, { format: GRAFANA.id, file }, context)
    : refuse(file, '', 'is no node graph');
}

export const GRAFANA: Format = {
  id: 'grafana',
  name: 'Grafana node graph',
  suffixes: ['.json', '.json.gz'],
  reads:
    'The frames of a node graph panel (Inspect → Data or JSON), of Tempo’s and X-Ray’s service graphs among others, and lists of nodes and edges with `id`, `title`, `mainStat`, `source`, `target`. Rates and shares of failures are figures; other statistics are descriptions.',
  recognises: (opened) => graphIn(contentOf(opened)) !== null,
  read: readGrafana,
};
