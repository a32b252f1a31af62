/** Between the ranking of suspects and beliefs: what one says to begin with, and what the other adds to it. */
import type { Subject } from '../../graph/index.ts';
import type { Suspect } from '../suspects/index.ts';
import type { Beliefs } from './beliefs.ts';
import type { Prior } from './candidates.ts';

/** The shares of a ranking that knows nothing of the experiments; time that nobody drew counts with its part. */
export const priorOf = (suspects: readonly Suspect[]): Prior => {
  const shares = new Map<string, { part: Prior[number]['part']; share: number }>();
  for (const { subject, instance, share } of suspects) {
    const part: Prior[number]['part'] =
      instance === null || subject.type === 'edge' ? subject : { type: 'instance', id: subject.id, instance };
    const key = JSON.stringify(part);
    shares.set(key, { part, share: share + (shares.get(key)?.share ?? 0) });
  }
  return [...shares.values()];
};

/** What experiments showed of a subject: nats for it, negative against it. */
export type Told = { subject: Subject; instance?: string; nats: number; why: string };

/** For a ranking that is to be moved by the experiments. */
export function toldBy({ candidates, steps }: Pick<Beliefs, 'candidates' | 'steps'>): Told[] {
  const count = steps.filter(({ counts }) => counts).length;
  if (count === 0) return [];
  const speaks = count === 1 ? 'What was tried speaks' : `What was tried ${count} times speaks`;
  return candidates.flatMap(({ part, prior, share }): Told[] => {
    if (part.type === 'group' || part.type === 'config' || !(prior > 0)) return [];
    const nats = Math.max(-MOST_NATS, Math.log(share / prior));
    const subject: Subject = part.type === 'instance' ? { type: 'node', id: part.id } : part;
    return [
      {
        subject,
        ...(part.type === 'instance' && { instance: part.instance }),
        nats,
        why: `${speaks} ${nats > 0 ? 'for' : 'against'} it.`,
      },
    ];
  });
}

/** Nothing is ever ruled out for good. */
const MOST_NATS = 12;
