/** The simulated system with parts taken out, as their experiments say. */
import type { Action, Board, Id, Milliseconds, Out, SinglePart } from '../../graph/index.ts';
import type { Link, Part, Struck, System } from './system.ts';

/** What a stub, or nothing at all, takes to answer. */
const AT_ONCE: Milliseconds = 0.05;
/** Faults that a setting can be the cause of, so that putting it back ends them: what such keys speak of. */
const SETTINGS = /pool|conn|thread|worker|poll|fetch|prefetch|batch|consum|concurren|max/i;

/** Changes a fresh system; groups are taken out member by member. */
export function takenOut(system: System, board: Pick<Board, 'nodes'>, out: readonly Out[]): System {
  if (out.length === 0) return system;
  const healed = new Set<string>();
  for (const { part, action } of out.flatMap((each) => single(board, each)))
    takeOne(system, part, action, (struck) => healed.add(keyOf(struck)));
  const isHealed = (struck: Struck) =>
    healed.has(keyOf(struck)) || ('part' in struck && healed.has(keyOf({ part: struck.part })));
  return { ...system, isHealed };
}

const keyOf = (struck: Struck): string =>
  'link' in struck ? `link ${struck.link}` : `part ${struck.part} ${struck.instance ?? ''}`;

const single = ({ nodes }: Pick<Board, 'nodes'>, { part, action }: Out): Out[] =>
  part.type !== 'group'
    ? [{ part, action }]
    : Object.values(nodes)
        .filter(({ group }) => group === part.id)
        .map(({ id }) => ({ part: { type: 'node', id }, action }));

function takeOne(system: System, taken: SinglePart, action: Action, heal: (struck: Struck) => void): void {
  if (taken.type === 'edge') {
    takeLink(system, taken.id, action, heal);
    return;
  }
  const index = system.index.get(taken.id);
  const part = index === undefined ? undefined : system.parts[index];
  if (index === undefined || !part) return;
  if (taken.type === 'instance') takeInstance(part, index, taken.instance, action, heal);
  else if (taken.type === 'config') {
    if (SETTINGS.test(taken.key)) heal({ part: index });
  } else {
    heal({ part: index });
    if (action !== 'restored') takePart(system, part, action);
  }
}

function takePart(system: System, part: Part, action: Action): void {
  part.service = AT_ONCE;
  part.workers = Number.POSITIVE_INFINITY;
  part.errors = action === 'stopped' ? 1 : 0;
  if (action === 'bypassed') return;
  part.silent = true;
  for (const link of part.out) link.share = 0;
  if (action !== 'stopped') return;
  for (const link of part.into) if (link.delivery) stopDelivery(system.parts[link.source]!, link);
}

function takeLink({ parts, links }: System, id: Id, action: Action, heal: (struck: Struck) => void): void {
  const link = links.find((each) => each.id === id);
  if (!link) return;
  heal({ link: link.index });
  if (action === 'bypassed' || action === 'restored') return;
  const source = parts[link.source]!;
  if (action === 'stopped' && link.waited) source.errors = 1 - (1 - source.errors) * (1 - link.share);
  if (action === 'stopped' && link.delivery) stopDelivery(source, link);
  else link.share = 0;
}

/** A queue's other consumers take what this one leaves; where there is none, or each gets all anyway, it waits. */
function stopDelivery(carrier: Part, link: Link): void {
  const others = carrier.out.filter((each) => each !== link && each.delivery && each.share > 0);
  const whole = others.reduce((sum, { share }) => sum + share, 0);
  if (carrier.kind !== 'queue' || !(whole > 0)) {
    link.held = true;
    return;
  }
  for (const each of others) each.share *= (whole + link.share) / whole;
  link.share = 0;
}

/** The others do its work. The last one that is left is not taken out alone: its part is. */
function takeInstance(
  part: Part,
  index: number,
  instance: string,
  action: Action,
  heal: (struck: Struck) => void,
): void {
  const number = Number(instance.slice(part.name.length + 1)) - 1;
  if (!instance.startsWith(`${part.name}-`) || !Number.isInteger(number) || number < 0) return;
  heal({ part: index, instance: number });
  if (action === 'restored' || part.instances < 2 || part.absent.includes(number)) return;
  part.absent = [...part.absent, number].sort((a, b) => a - b);
  part.workers *= (part.instances - 1) / part.instances;
  part.instances--;
  part.instancesShown = Math.min(part.instancesShown, part.instances);
  for (const link of part.into) link.instancesShown = Math.min(link.instancesShown, part.instances);
}
