/** The small lock on what no hand moves or deletes. */
import './lock.css';

export function Lock() {
  return (
    <svg className="lock" viewBox="-9 -9 18 18" fill="none" strokeWidth="1.5" strokeLinecap="round">
      <title>Locked: stays where it is until it is unlocked</title>
      <path d="M-3.5 -0.5h7v5h-7zM-2 -0.5v-2a2 2 0 0 1 4 0v2" />
    </svg>
  );
}
