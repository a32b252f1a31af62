/** How likely something is: a bar behind its number, and where the threshold is that it has to pass. */
import { formatShare } from '../../graph/index.ts';
import './share-bar.css';

export function ShareBar({ share, threshold }: { share: number; threshold?: number }) {
  return (
    <span className="share number" role="img" aria-label={`likely to ${formatShare(share)}`}>
      <span className="bar" style={{ width: `${Math.round(share * 100)}%` }} />
      {threshold !== undefined && <span className="passes" style={{ left: `${threshold * 100}%` }} />}
      <span className="words">{formatShare(share)}</span>
    </span>
  );
}
