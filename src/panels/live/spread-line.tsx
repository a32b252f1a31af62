/** The instances of an edge or a node in one line: a tick for each, how many, how far they differ, which is the highest. */
import type { Subject } from '../../graph/index.ts';
import { instancesText, isNotable, ticksFace } from '../../picture/index.ts';
import { spreadAt, type Workspace } from '../../workspace/index.ts';
import './instances.css';

const SIZE = { width: 96, height: 12 };
const INSET = 4;

export function SpreadLine({ workspace, subject }: { workspace: Workspace; subject: Subject }) {
  const instance = workspace.use((state) => state.session.instance);
  const spread = spreadAt(workspace, subject);
  if (!spread) return null;
  const { ticks, highest, chosen, severity } = ticksFace(spread, SIZE.width - 2 * INSET, instance);
  const differs = isNotable(spread.skew);
  return (
    <p className="spread" data-severity={differs ? severity.replace(' ', '-') : undefined}>
      <svg
        width={SIZE.width}
        height={SIZE.height}
        viewBox={`${-INSET} -6 ${SIZE.width} 12`}
        aria-hidden="true"
      >
        <path d={ticks} />
        <path className="highest" d={highest} />
        <path className="spoken-of" d={chosen ?? ''} />
      </svg>
      <span className="number">{instancesText(spread)}</span>
      {differs && <span className="cut">highest {spread.figures[0]!.instance}</span>}
    </p>
  );
}
