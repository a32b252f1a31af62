/**
 * `npm run bench:rca -- petshop DIR` and `-- nezha DIR`: faults whose cause is known, ranked by the product's own code
 * from what a person would have had at that moment. The last thing on standard output is one JSON object.
 */

import { type Case, type Judged, judge } from './case.ts';
import { nezha } from './nezha.ts';
import { petshop } from './petshop.ts';
import { reasonSentence, suspectName } from './product.ts';
import { reportOf } from './score.ts';

const DATASETS: Record<string, (root: string) => Case[]> = { petshop, nezha };

const [name = '', root] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const read = DATASETS[name];
if (!read || root === undefined) {
  console.error(
    `Say which data, and where it lies: npm run bench:rca -- ${Object.keys(DATASETS).join('|')} DIR`,
  );
  process.exit(2);
}
const cases = read(root).map(judge);
if (process.argv.includes('--cases')) for (const each of cases) console.error(storyOf(each));
console.log(JSON.stringify(reportOf(name, cases), null, 2));

/** A case in lines: where its cause came, the first suspects, and why. */
function storyOf({ label, place, suspects, board }: Judged): string {
  const lines = suspects.slice(0, 3).map((suspect) => {
    const why = suspect.reasons.map((each) => `${each.weight.toFixed(1)} ${reasonSentence(board, each)}`);
    return `    ${suspect.share.toFixed(2)} ${suspectName(board, suspect)}: ${why.join(' | ')}`;
  });
  return [`${place ?? '-'}  ${label}`, ...lines].join('\n');
}
