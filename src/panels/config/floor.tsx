/** The floor that configuration alone puts under an edge's latency, beside what is measured. Fetched where there is configuration. */
import { floorSentence, type LatencyFloor, latencyFloor } from '../../analysis/index.ts';
import { formatDuration, formatQuantile, type Id, quantile } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { useReadings } from '../live/use-readings.ts';
import './config.css';

export default function Floor({ workspace, edge }: { workspace: Workspace; edge: Id }) {
  const board = workspace.use((state) => state.board);
  const q = workspace.use((state) => state.session.quantile);
  const units = workspace.use((state) => state.session.units);
  const subject = { type: 'edge', id: edge } as const;
  const readings = useReadings(workspace, subject);
  const record = board.edges[edge];
  const floor = record ? latencyFloor(board, record, readings) : null;
  if (!floor) return null;
  const latency = workspace.readings.best(subject, 'latency');
  const measured = latency && typeof latency.value !== 'number' ? quantile(latency.value, q) : null;
  return (
    <figure className="floor" aria-label="Floor of the configuration">
      {measured && <Bar floor={floor} measured={measured.value} />}
      <figcaption>
        {floorSentence(floor)}
        {measured && (
          <span className="faint">
            {' '}
            Measured <span className="number">{formatQuantile(q)}</span>{' '}
            <span className="number">{formatDuration(measured.value, units)}</span>.
          </span>
        )}
      </figcaption>
    </figure>
  );
}

/** What is measured as a bar, with a chalk line where the floor is: whole up to what is certain, broken to what may be. */
function Bar({ floor, measured }: { floor: LatencyFloor; measured: number }) {
  const whole = Math.max(measured, floor.upTo) || 1;
  const share = (ms: number) => `${((Math.max(0, ms) / whole) * 100).toFixed(1)}%`;
  return (
    <svg className="floor-bar" width="100%" height="12" aria-hidden="true">
      <rect className="measured" x="0" y="3" width={share(measured)} height="6" rx="2" />
      <line className="perhaps" x1={share(floor.ms)} y1="6" x2={share(floor.upTo)} y2="6" />
      {floor.ms > 0 && <line x1="0" y1="6" x2={share(floor.ms)} y2="6" />}
      <line x1={share(floor.ms || floor.upTo)} y1="0" x2={share(floor.ms || floor.upTo)} y2="12" />
    </svg>
  );
}
