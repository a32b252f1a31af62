/** What the audit found, in sentences. */
import { formatBytes, formatDuration, formatRate, type Id, type Milliseconds } from '../../graph/index.ts';
import type { KeyFinding } from './audit.ts';
import type { Contradiction } from './contradictions.ts';
import type { FloorPart, LatencyFloor } from './floor.ts';
import type { Patience } from './patience.ts';
import type { Held } from './settings.ts';

export type DefaultsFinding = KeyFinding | Contradiction;

/** One sentence or two of a finding. @param nameOf what a node is called */
export function sentenceOf(finding: DefaultsFinding, nameOf: (node: Id) => string): string {
  switch (finding.kind) {
    case 'deviates': {
      const { key, text, fallback, towards, why } = finding;
      const means = towards === 'other' ? `It is the other way that hurts: ${lower(why)}` : why;
      return `${key} is ${text}; ${shippedBy(finding)} has ${fallback}. ${means}`;
    }
    case 'old default': {
      const { key, text, fallback, changed, system, why } = finding;
      return `${key} is ${text}, as ${system} had it before ${changed}; ${shippedBy(finding)} has ${fallback}. ${why}`;
    }
    case 'redundant':
      return `${finding.key} is set to its default, ${finding.fallback}.`;
    case 'unreadable':
      return `${finding.key} is “${finding.text}”, which can’t be read; ${shippedBy(finding)} has ${finding.fallback}.`;
    case 'unknown default':
      return `No default of ${finding.key} is known for ${shippedBy(finding)}.`;
    case 'unknown key':
      return finding.nearest === null
        ? `Nothing is known of ${finding.name} in ${finding.system}.`
        : `${finding.name} is not known in ${finding.system}. Is ${finding.nearest} meant?`;
    case 'contradiction': {
      const low = finding.low.map(heldText).join(' and ');
      const of = finding.times === 1 ? '' : `${Number(finding.times.toFixed(2))} × `;
      return `${low} should stay below ${of}${heldText(finding.high)}. ${finding.why}`;
    }
    case 'slow polls': {
      const { records, interval, each, isMean, total } = finding;
      const time = `${formatDuration(each)} each (${isMean ? 'mean' : 'median'})`;
      return `${heldText(records)} at ${time} take ${formatDuration(total)}, longer than ${heldText(interval)}: the consumer is thrown out of its group.`;
    }
    case 'too many connections': {
      const { pools, total, limit, reserved } = finding;
      const each = pools.map(({ node, size, instances }) => `${nameOf(node)} ${instances} × ${size.value}`);
      const kept = reserved > 0 ? `, ${reserved} of them reserved` : '';
      return `Pools may open ${total} connections (${each.join(', ')}); ${heldText(limit)}${kept}.`;
    }
    case 'outlived': {
      const { caller, callee, waits, works } = finding;
      return `${nameOf(caller)} gives up after ${patienceText(waits)}, ${nameOf(callee)} after ${patienceText(works)}: it goes on with what nobody waits for.`;
    }
  }
}

const lower = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);

const shippedBy = ({ system, version }: { system: string; version: string | null }): string =>
  version === null ? `the newest ${system}` : `${system} ${version}`;

const heldText = ({ key, type, value, isSet }: Held): string =>
  `${key} ${numberText(type, value)}${isSet ? '' : ' (default)'}`;

function numberText(type: Held['type'], value: number): string {
  if (value === Number.POSITIVE_INFINITY) return 'without a limit';
  if (type === 'duration') return durationText(value);
  return type === 'size' ? formatBytes(value) : String(value);
}

const durationText = (ms: Milliseconds) =>
  Number.isFinite(ms) ? formatDuration(ms).replace(/ min 0 s$/, ' min') : 'no end of time';

const patienceText = ({ ms, from }: Patience): string =>
  `${durationText(ms)} (${from.map(({ key, isSet }) => (isSet ? key : `${key}, default`)).join(', ')})`;

/** `At least 20 ms`, `up to 500 ms`, and which settings make it so. */
export function floorSentence({ ms, upTo, because }: LatencyFloor): string {
  const size = ms > 0 ? `At least ${durationText(ms)}` : `Up to ${durationText(upTo)}`;
  return `${size} by configuration alone: ${because.map(floorPartText).join('; ')}.`;
}

function floorPartText(part: FloorPart): string {
  switch (part.kind) {
    case 'fetch':
      return `the broker waits for ${heldText(part.bytes)}, at most ${heldText(part.wait)}`;
    case 'linger':
      return `the producer waits for ${heldText(part.size)}, at most ${heldText(part.wait)}`;
    case 'pool':
      return `${formatRate(part.rate)} of ${formatDuration(part.each)} need more connections than ${part.instances} × ${heldText(part.size)}`;
  }
}
