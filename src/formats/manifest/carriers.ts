/** Topics and queues that settings name, where it is known whose they are; joined where it is said which way messages go. */
import type { GraphInTheMaking } from '../build.ts';
import { brokerIn } from '../recognise.ts';
import { carrierKind, directionOf, keyWords } from './keys.ts';
import { type Drawn, hostsOf, type Setting } from './part.ts';

const NAME = /^[A-Za-z0-9][\w./-]{0,200}$/;
const NO_NAMES = /^(?:true|false|yes|no|on|off|null|none|auto|default|\d+)$/i;
/** `KAFKA_CREATE_TOPICS=orders:3:1,payments`: what a broker is to have. */
const CREATES = /(?:create|auto|initial|default)[._-]?(?:topics|queues)$/i;

export function drawCarriers(graph: GraphInTheMaking, drawn: ReadonlyMap<string, Drawn>): void {
  const brokers = [...drawn.values()].filter(({ kind }) => kind === 'broker');
  for (const each of drawn.values())
    for (const setting of each.part.settings) {
      const kind = carrierKind(setting.key);
      const names = kind === null ? [] : namesIn(setting, each.kind === 'broker');
      const [broker] = names.length > 0 ? brokersOf(each, setting, brokers, drawn) : [];
      if (kind === null || names.length === 0) continue;
      const technology = broker ? broker.technology : afar(each, setting, kind, brokers);
      if (!broker && technology === null) continue;
      for (const name of names) {
        const origin = { how: 'stated' as const, from: setting.spot.file, at: setting.spot.at };
        const id = graph.node(`${kind} ${broker?.part.key ?? technology} ${name}`, {
          ...{ name, kind, origin },
          ...(technology !== null && { technology }),
          description: `A ${kind} of ${[technology, broker?.part.name].filter(Boolean).join(' ')}.`,
        });
        const way = directionOf(setting.key);
        if (each.kind === 'broker' || way === null) continue;
        const facts = { origin: { ...origin, how: 'inferred' as const } };
        if (way === 'publish') graph.edge(each.id, id, 'publish', facts);
        else graph.edge(id, each.id, 'consume', facts);
      }
    }
}

/** The kind of broker that its settings tell of, where none of that kind is among the parts: it is run elsewhere. */
function afar(
  { part }: Drawn,
  { key }: Setting,
  kind: 'topic' | 'queue',
  brokers: readonly Drawn[],
): string | null {
  const own = brokerIn(keyWords(key));
  const told = new Set(part.settings.flatMap((setting) => brokerIn(keyWords(setting.key)) ?? []));
  // it has no queues
  if (kind === 'queue') told.delete('Kafka');
  const meant = own ?? (told.size === 1 ? [...told][0]! : null);
  return brokers.some(({ technology }) => technology === meant) ? null : meant;
}

/** One part of several brokers of a cluster stands for all. */
function brokersOf(
  each: Drawn,
  { key }: Setting,
  brokers: readonly Drawn[],
  drawn: ReadonlyMap<string, Drawn>,
): readonly Drawn[] {
  if (each.kind === 'broker') return [each];
  const named = new Set(
    each.part.settings.flatMap((setting) =>
      hostsOf(setting).flatMap((host) => each.part.resolve(host).flatMap((key) => drawn.get(key) ?? [])),
    ),
  );
  const meant = brokers.filter((broker) => named.has(broker));
  const technologies = new Set(meant.map(({ technology }) => technology));
  if (meant.length > 0) return technologies.size === 1 ? meant : [];
  const words = keyWords(key);
  return brokers.length === 1 && words.includes(brokers[0]!.technology?.toLowerCase() ?? '') ? brokers : [];
}

function namesIn({ key, value }: Setting, isBroker: boolean): string[] {
  if (isBroker && !CREATES.test(key)) return [];
  // `orders:3:1 --config=retention.ms=60000`
  const words = value.split(/[\s,;]+/).filter((word) => !word.startsWith('--'));
  const names = words.map((name) => (isBroker ? name.replace(/:.*$/, '') : name));
  return names.every((name) => NAME.test(name) && !NO_NAMES.test(name)) ? names.slice(0, 50) : [];
}
