/**
 * Node graphs of Grafana: the two data frames of such a panel as its inspector shows them (as JSON of frames, of panel
 * data, or as the answer to the query), and the same as lists of objects, as data sources for it answer.
 */
import { type Format, isObject, type Opened, type Read, type ReadContext, refuse } from '../format.ts';
import { graphIn } from './frames.ts';
import { readNodeGraph } from './read.ts';

const contentOf = (opened: Opened): unknown =>
  opened.type === 'json' && opened.values.length === 1 ? opened.values[0] : null;

/** A dashboard, or a panel of one, as Grafana keeps it. */
function showsNodeGraph(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { type, panels, dashboard } = value;
  return (
    (type === 'nodeGraph' && 'targets' in value) ||
    (Array.isArray(panels) && panels.some(showsNodeGraph)) ||
    (isObject(dashboard) && showsNodeGraph(dashboard))
  );
}

function readGrafana(opened: Opened, file: string, context: ReadContext): Read {
  const graph = graphIn(contentOf(opened));
  if (graph) return readNodeGraph(graph, { format: GRAFANA.id, file }, context);
  const reason = showsNodeGraph(contentOf(opened))
    ? 'holds what a node graph asks for and not what was answered; take the panel’s data (Inspect → Data, or Inspect → JSON → Panel data)'
    : 'is no node graph';
  return refuse(file, '', reason);
}

export const GRAFANA: Format = {
  id: 'grafana',
  name: 'Grafana node graph',
  suffixes: ['.json', '.json.gz'],
  reads:
    'The frames of a node graph panel (Inspect → Data or JSON), of Tempo’s and X-Ray’s service graphs among others, such frames in snapshots of dashboards, and lists of nodes and edges with `id`, `title`, `mainStat`, `source`, `target`. Rates and shares of failures are figures; other statistics are descriptions.',
  recognises: (opened) => graphIn(contentOf(opened)) !== null || showsNodeGraph(contentOf(opened)),
  read: readGrafana,
};
