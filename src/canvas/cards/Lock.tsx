/** The small lock on what no hand moves or deletes. */
import { LOCK_GLYPH } from '../../picture/index.ts';
import './lock.css';

export function Lock() {
  return (
    <svg
      className="lock"
      viewBox="-9 -9 18 18"
      fill="none"
      strokeWidth={LOCK_GLYPH.stroke}
      strokeLinecap="round"
    >
      <title>Locked: stays where it is until it is unlocked</title>
      <path d={LOCK_GLYPH.path} />
    </svg>
  );
}
