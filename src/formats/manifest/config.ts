/** What a part is set to, for the defaults audit: without secrets, which are said to be left out. */
import type { GraphInTheMaking, NodeFacts } from '../build.ts';
import type { Recognised } from '../recognise.ts';
import { isSecret, withoutCredentials } from '../secrets.ts';
import { javaOptions, type Part, type Setting, type Spot } from './part.ts';

/** Settings of one part; the longest value. */
const MOST_SETTINGS = 300;
const LONGEST = 2_000;
/** Parts that are named where many have the same. */
const MOST_NAMED = 10;

/** Secrets that were left out; parts that share their settings are told of at once. */
export class LeftOut {
  private readonly byKeys = new Map<string, { parts: string[]; spot: Spot }>();

  add(part: string, keys: Iterable<string>, spot: Spot): void {
    const named = [...keys].join(', ');
    const before = this.byKeys.get(named);
    if (before) before.parts.push(part);
    else this.byKeys.set(named, { parts: [part], spot });
  }

  tell(graph: GraphInTheMaking): void {
    for (const [keys, { parts, spot }] of this.byKeys) {
      const more = parts.length > MOST_NAMED ? ` and ${parts.length - MOST_NAMED} more` : '';
      const named = `${parts.slice(0, MOST_NAMED).join(', ')}${more}`;
      graph.remark(`secrets left out of ${named}: ${keys}`, `${spot.file} ${spot.at}`);
    }
  }
}

/** Undefined where nothing is set. */
export function configOf(
  part: Part,
  { technology, version }: Recognised,
  leftOut: LeftOut,
): NodeFacts['config'] {
  const java = javaOptions(part.settings);
  const values: Record<string, string> = {};
  const secrets = new Map<string, Setting>();
  for (const setting of [...part.settings, ...java]) {
    const { key, value, isLoose } = setting;
    if (isLoose || key === '' || value === '') continue;
    if (isSecret(key, value)) {
      secrets.set(key, setting);
      continue;
    }
    const kept = withoutCredentials(value);
    if (kept !== value.trim()) secrets.set(key, setting);
    if (kept.length <= LONGEST && Object.keys(values).length < MOST_SETTINGS) values[key] = kept;
  }
  const [first] = secrets.values();
  if (first) leftOut.add(part.name, secrets.keys(), first.spot);
  if (Object.keys(values).length === 0) return undefined;
  const system = technology ?? (java.length > 0 ? 'JVM' : 'environment');
  return { system, ...(version !== null && { version }), values };
}
