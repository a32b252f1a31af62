/** Where a part or an edge is from: what files state, what follows from them, what traffic showed. */
import type { Origin } from '../../graph/index.ts';
import { originLines } from '../origin-words.ts';

/** @param of none where a hand drew it, or telemetry that is connected: then nothing is said */
export function Origins({ of, most }: { of: readonly Origin[] | undefined; most: number }) {
  if (!of || of.length === 0) return null;
  return (
    <ul className="origins" aria-label="Where it is from">
      {originLines(of, most).map((line) => (
        <li key={line} className="aside">
          {line}
        </li>
      ))}
    </ul>
  );
}
