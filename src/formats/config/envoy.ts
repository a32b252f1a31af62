/** Envoy's bootstrap, in YAML or JSON: of its clusters, routes and connection managers what waits, retries and limits. */
import { type Entry, type Found, IN_BLOCK } from './entry.ts';
import { childrenOf, isMap, type Tree } from './tree.ts';

/** The end of the way to a setting, in snake case, and what it is called. Other `timeout`s, as of health checks, are not these. */
const SETTINGS: readonly (readonly [RegExp, (key: string) => string])[] = [
  [/^(?:.+\.)?circuit_breakers\.thresholds\.\d+\.(retry_budget\.[a-z_.]+|max_[a-z_]+)$/, (key) => key],
  [
    /^(?:.+\.)?outlier_detection\.([a-z_0-9]+)$/,
    (key) => (key === 'interval' ? 'outlier_detection.interval' : key),
  ],
  [/^(?:.+\.)?clusters\.\d+\.(connect_timeout)$/, (key) => key],
  [/^(?:.+\.)?route\.(timeout)$/, () => 'route.timeout'],
  [/^(?:.+\.)?retry_policy\.(num_retries)$/, (key) => key],
  [/^(?:.+\.)?common_http_protocol_options\.(idle_timeout|max_connection_duration)$/, (key) => key],
  [/^(?:.+\.)?(stream_idle_timeout|request_timeout|request_headers_timeout)$/, (key) => key],
];

export const isEnvoy = ({ value }: Tree): boolean => {
  if (!isMap(value)) return false;
  const at = isMap(value.static_resources) ? value.static_resources : value;
  return 'staticResources' in value || ['clusters', 'listeners'].some((key) => Array.isArray(at[key]));
};

export function readEnvoy(tree: Tree): Found {
  const entries: Entry[] = [];
  const visit = (value: unknown, path: readonly (string | number)[], blocks: readonly string[]) => {
    if (typeof value === 'string') {
      const key = keyOf(path);
      const block = blocks.join(IN_BLOCK);
      if (key !== null)
        entries.push({ key, value: value, line: tree.lineAt(path), ...(block !== '' && { block }) });
      return;
    }
    const name = blockName(value, path);
    const within = name === null ? blocks : [...blocks, name];
    if (path.length < 64) for (const [key, child] of childrenOf(value)) visit(child, [...path, key], within);
  };
  visit(tree.value, [], []);
  return { system: 'Envoy', entries, faults: [] };
}

const snake = (part: string | number) =>
  String(part).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function keyOf(path: readonly (string | number)[]): string | null {
  // a percentage is a map of its value
  const way = path
    .map(snake)
    .join('.')
    .replace(/(_percent)\.value$/, '$1');
  for (const [pattern, called] of SETTINGS) {
    const key = pattern.exec(way)?.[1];
    if (key !== undefined) return called(key);
  }
  return null;
}

/** `cluster payments`, `route /api`: whatever has a name, or says what it matches. */
function blockName(value: unknown, path: readonly (string | number)[]): string | null {
  if (!isMap(value)) return null;
  const list = path.at(-2);
  if (typeof path.at(-1) !== 'number') return null;
  if (list === 'clusters' && typeof value.name === 'string') return `cluster ${value.name}`;
  if (list === 'thresholds' && typeof value.priority === 'string') return value.priority.toLowerCase();
  if (list !== 'routes' || !isMap(value.match)) return null;
  const said = value.match.prefix ?? value.match.path;
  return typeof said === 'string' && said !== '/' ? `route ${said}` : null;
}
