/** What a source sees and nobody drew, in short, and the ways to draw it or to say what it is. */
import { ignoredBy, normaliseName, type SourceConfig } from '../../graph/index.ts';
import { runAction, type SourceHealth, type Workspace } from '../../workspace/index.ts';

/** Lines of traffic shown; of more the rest is counted. */
const LISTED = 5;

type Props = { workspace: Workspace; source: SourceConfig; health: SourceHealth };

export function Unbound({ workspace, source, health }: Props) {
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const lines = linesOf(health, ignoredBy(source));
  if (lines.length === 0) return null;
  return (
    <div className="unbound">
      <h4>Seen, and not drawn</h4>
      <ul>
        {lines.slice(0, LISTED).map(([what, kind]) => (
          <li key={`${what} ${kind}`}>
            <span className="cut">{what}</span>
            <span className="faint">{kind}</span>
          </li>
        ))}
      </ul>
      {lines.length > LISTED && <p className="aside">and {lines.length - LISTED} more</p>}
      <div className="row-buttons">
        <button type="button" className="button small" onClick={() => runAction(workspace, 'sources.match')}>
          Match names…
        </button>
        <button
          type="button"
          className="button small"
          disabled={readOnly}
          onClick={() => workspace.services.addUnbound(source.id)}
        >
          Add what is missing
        </button>
      </div>
    </div>
  );
}

/** Traffic and parts that no node was found for, those set aside left out: what, and of which kind. */
function linesOf({ unbound, unboundNodes = [] }: SourceHealth, ignored: readonly string[]) {
  const unwanted = new Set(ignored.map(normaliseName));
  const isMeant = (name: string) => !unwanted.has(normaliseName(name));
  return [
    ...unbound
      .filter(({ source, target }) => isMeant(source) && isMeant(target))
      .map(({ source, target, kind }) => [`${source} → ${target}`, kind] as const),
    ...unboundNodes
      .filter(({ name }) => isMeant(name))
      .map(({ name, kind }) => [name, kind ?? 'part'] as const),
  ];
}
