/** Questions of a person's own to a Prometheus, beside those that are asked anyway. */
import { useState } from 'react';
import { METRIC_NAMES } from '../../graph/index.ts';
import type { CustomQuery, PrometheusSource, Workspace } from '../../workspace/index.ts';
import { ofWords } from './query.ts';
import { QueryEditor } from './query-editor.tsx';

type Props = { workspace: Workspace; source: PrometheusSource };

export function Queries({ workspace, source }: Props) {
  const nodes = workspace.use((state) => state.board.nodes);
  const edges = workspace.use((state) => state.board.edges);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  /** Which one is being written: its place in the list, or one past the end for a new one. */
  const [edited, setEdited] = useState<number | null>(null);
  const queries = source.queries ?? [];
  const keep = (next: readonly CustomQuery[]) => {
    const { queries: _, ...rest } = source;
    workspace.services.connect(next.length > 0 ? { ...rest, queries: [...next] } : rest);
    setEdited(null);
  };
  return (
    <details>
      <summary>
        Questions of your own
        {queries.length > 0 && <span className="number count"> {queries.length}</span>}
      </summary>
      <ul className="queries">
        {queries.map((query, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a question is known by its place in the list alone
          <li key={at}>
            <p className="cut">
              <b>{query.name}</b>{' '}
              <span className="faint">
                {METRIC_NAMES[query.metric]}, {ofWords({ nodes, edges }, query)}
              </span>
            </p>
            <button
              type="button"
              className="button small"
              aria-label={`Edit ${query.name}`}
              disabled={readOnly}
              onClick={() => setEdited(at)}
            >
              Edit
            </button>
            <button
              type="button"
              className="button small"
              aria-label={`Remove ${query.name}`}
              disabled={readOnly}
              onClick={() => keep(queries.toSpliced(at, 1))}
            >
              Remove
            </button>
          </li>
        ))}
      </ul>
      {edited === null ? (
        <button
          type="button"
          className="button small"
          disabled={readOnly}
          onClick={() => setEdited(queries.length)}
        >
          Ask something else
        </button>
      ) : (
        <QueryEditor
          key={edited}
          workspace={workspace}
          source={source}
          query={queries[edited] ?? null}
          onKeep={(query) => keep(queries.toSpliced(edited, 1, query))}
          onClose={() => setEdited(null)}
        />
      )}
    </details>
  );
}
