/** How a source is, in one line and one colour, never in colour alone. */
import { type EpochMs, formatAge, type Milliseconds } from '../../graph/index.ts';
import type { SourceHealth } from '../../workspace/index.ts';
import { agoText } from '../live/figures.ts';

/** `2 s ago`, `stale for 40 s`, `no answer yet`, `lost, never answered`. */
export function healthText({ state, lastAnswer }: SourceHealth, now: EpochMs): string {
  const age = lastAnswer === null ? null : now - lastAnswer;
  switch (state) {
    case 'static':
      return 'from a file';
    case 'connecting':
      return 'connecting…';
    case 'live':
      return age === null ? 'live' : agoText(age);
    case 'stale':
      return age === null ? 'no answer yet' : `stale${forText(age)}`;
    case 'lost':
      return age === null ? 'lost, never answered' : `lost${forText(age)}`;
  }
}

/** ` for 40 s`; nothing in its first moments. */
function forText(age: Milliseconds): string {
  const words = formatAge(age);
  return words === 'now' ? '' : ` for ${words}`;
}

type Props = { health: SourceHealth | undefined; now: EpochMs };

export function HealthLine({ health, now }: Props) {
  if (!health) return <p className="health-line faint">not connected</p>;
  return (
    <>
      <p className="health-line" data-state={health.state}>
        <span className="dot" aria-hidden="true" />
        <span className="number">{healthText(health, now)}</span>
        {health.simulated && <span className="chip simulated">Simulated</span>}
      </p>
      {health.reason && (
        <p className="reason" role={health.state === 'lost' ? 'alert' : undefined}>
          {health.reason}
        </p>
      )}
    </>
  );
}
