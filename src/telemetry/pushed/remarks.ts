/** What a person should know of pushed spans before trusting the figures: what is missing, late or mended. */
import type { PushedAnswer, Traffic } from './answer.ts';

const count = (n: number): string => n.toLocaleString('en');
const calls = (n: number): string => (n === 1 ? '1 call' : `${count(n)} calls`);

/** A sentence each, the graver ones first; none where all is well. */
export function remarksOf({
  frames,
  traffic,
  cut,
}: Pick<PushedAnswer, 'frames' | 'traffic' | 'cut'>): string[] {
  const { dropped, lumped } = traffic;
  const said: [amount: number, sentence: string][] = [
    [
      dropped.parts,
      `${calls(dropped.parts)} of parts and edges beyond those that are told apart are not counted.`,
    ],
    [dropped.full, `${calls(dropped.full)} are not counted: the memory for them is full.`],
    [traffic.rejected, `${spans(traffic, 'rejected')} had no usable ids or times and were rejected.`],
    [traffic.refused, `${count(traffic.refused)} requests were refused: too large, too many or no OTLP.`],
    [
      traffic.tooOld,
      `${spans(traffic, 'tooOld')} came later than anything is remembered and are not counted.`,
    ],
    [
      traffic.late,
      `${spans(traffic, 'late')} came late; they are counted when they ended, not when they came.`,
    ],
    [traffic.ahead, `${spans(traffic, 'ahead')} end in the future: a clock is ahead of this server’s.`],
    [
      traffic.hurried,
      `${count(traffic.hurried)} traces were read before they were whole: more spans came than can be held.`,
    ],
    [lumped.instances, `${calls(lumped.instances)} of further instances count in the whole only.`],
    [lumped.operations, `${calls(lumped.operations)} of further operations count in the whole only.`],
    [cut, `${count(cut)} figures of single instances and operations are too many to be shown.`],
  ];
  return [
    ...said.flatMap(([amount, sentence]) => (amount > 0 ? [sentence] : [])),
    ...(frames.at(-1)?.remarks ?? []).map((remark) => `In the last window, ${remark}.`),
  ];
}

const spans = (traffic: Traffic, which: 'rejected' | 'tooOld' | 'late' | 'ahead'): string =>
  `${count(traffic[which])} of ${count(traffic.spans)} spans`;
