/** The review of names: what telemetry speaks of beside what is drawn. Nothing is bound but by a person's word. */
import { ArrowLeft } from 'lucide';
import { useEffect, useMemo, useRef, useState } from 'react';
import { addDark, bindNames, type Dark, darkAt, type Id, setIgnored } from '../../../graph/index.ts';
import type { Workspace } from '../../../workspace/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { DarkItem } from './dark-item.tsx';
import { matchingOf } from './rows.ts';
import { SilentItem } from './silent-item.tsx';
import { useViews } from './use-views.ts';
import './match.css';

/** Rows shown of one list; of more the rest is counted. */
const SHOWN = 40;

export function Match({ workspace }: { workspace: Workspace }) {
  const { nodes, edges, sources: configured } = workspace.use((state) => state.board);
  const health = workspace.use((state) => state.health);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { views, asking, problems, retry } = useViews(workspace, configured, health);
  const [, hearOf] = useState(0);
  const matching = useMemo(
    () => matchingOf({ nodes, edges, sources: configured }, views, (id) => isMeasured(workspace, id)),
    [workspace, nodes, edges, configured, views],
  );
  const { seen, dark, rows, matcher, ignored } = matching;
  // what is silent may be heard of at any time; the list is made anew when one is
  const silent = matching.silent.filter(({ id }) => !isMeasured(workspace, id));
  useEffect(
    () =>
      workspace.readings.subscribe(() => {
        hearOf(matching.silent.filter(({ id }) => isMeasured(workspace, id)).length);
      }),
    [workspace, matching],
  );
  const contested = rows.filter((row) => row.contested);
  const others = rows.filter((row) => !row.contested);

  /** The row that was acted on is gone: the list's heading has the focus. */
  const after = () => {
    workspace.session({ ghost: null });
    heading.current?.focus();
  };
  const is = (names: readonly string[], node: Id) => {
    workspace.run('match names', (current) => bindNames(current, { node, names }));
    after();
  };
  const add = (what: Dark) => {
    workspace.run('add what is seen', (current) => addDark(current, seen, what));
    after();
  };
  const setAside = (names: readonly string[], ids: readonly Id[], aside: boolean) => {
    workspace.run(aside ? 'set name aside' : 'take name up', (current) =>
      setIgnored(current, { sources: ids, names, ignored: aside }),
    );
    after();
  };
  const show = (what: Dark | null) =>
    workspace.session({ ghost: what && addDark(workspace.use.getState().board, seen, what) });

  const item = (row: (typeof rows)[number]) => (
    <DarkItem
      key={row.node.id}
      workspace={workspace}
      row={row}
      matcher={matcher}
      readOnly={readOnly}
      onIs={(node) => is(row.names, node)}
      onAdd={() => add(darkAt(dark, row.node.id))}
      onShow={(on) => show(on ? darkAt(dark, row.node.id) : null)}
      onIgnore={() => setAside([row.node.name], row.sources, true)}
    />
  );
  const isTold = asking.length === 0 && problems.length === 0;
  const isMissing = dark.nodes.length + dark.edges.length > 0;
  return (
    <div className="match">
      <header>
        <button
          type="button"
          className="icon-button small"
          aria-label="Back to the sources"
          title="Back to the sources"
          onClick={() => workspace.session({ matching: false, ghost: null })}
        >
          <Icon of={ArrowLeft} size={14} />
        </button>
        <h3 ref={heading} tabIndex={-1}>
          Match telemetry names
        </h3>
      </header>
      <div role="status">
        {asking.length + problems.length + views.length === 0 && (
          <p className="aside">No source is connected that names anything.</p>
        )}
        {asking.length > 0 && <p className="aside">Asking {asking.join(' and ')} what is seen…</p>}
        {problems.map((problem) => (
          <p key={problem} className="fault">
            {problem}
          </p>
        ))}
        {problems.length > 0 && (
          <button type="button" className="button small" onClick={retry}>
            Ask again
          </button>
        )}
        {isTold && views.length > 0 && !isMissing && (
          <p className="aside">Everything that is seen is drawn.</p>
        )}
      </div>
      {contested.length > 0 && (
        <section>
          <h4>Fits two parts: say which</h4>
          <ul>{contested.slice(0, SHOWN).map(item)}</ul>
        </section>
      )}
      {isMissing && (
        <section>
          <h4>
            Seen, and not drawn <span className="number">{dark.nodes.length}</span>
          </h4>
          <button
            type="button"
            className="button small"
            disabled={readOnly}
            onPointerEnter={() => show(dark)}
            onPointerLeave={() => show(null)}
            onFocus={() => show(dark)}
            onBlur={() => show(null)}
            onClick={() => add(dark)}
          >
            Add what is missing: {countWords(dark)}
          </button>
          <ul>{others.slice(0, SHOWN).map(item)}</ul>
          {others.length > SHOWN && <p className="aside">and {others.length - SHOWN} more</p>}
        </section>
      )}
      {isTold && silent.length > 0 && (
        <section>
          <h4>
            Drawn, and nothing seen <span className="number">{silent.length}</span>
          </h4>
          <ul>
            {silent.slice(0, SHOWN).map((node) => (
              <SilentItem
                key={node.id}
                workspace={workspace}
                node={node}
                rows={rows}
                readOnly={readOnly}
                onIs={(row) => is(row.names, node.id)}
              />
            ))}
          </ul>
          {silent.length > SHOWN && <p className="aside">and {silent.length - SHOWN} more</p>}
        </section>
      )}
      {ignored.size > 0 && (
        <details>
          <summary>
            Set aside <span className="number">{ignored.size}</span>
          </summary>
          <ul>
            {[...ignored].map(([name, ids]) => (
              <li key={name} className="aside-item">
                <span className="cut">{name}</span>
                <button
                  type="button"
                  className="button small"
                  aria-label={`Take up again: ${name}`}
                  disabled={readOnly}
                  onClick={() => setAside([name], ids, false)}
                >
                  Take up again
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

const isMeasured = (workspace: Workspace, id: Id): boolean =>
  workspace.nodeReadings(id).some(({ provenance }) => !provenance.simulated);

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
const countWords = ({ nodes, edges }: Dark): string =>
  [
    ...(nodes.length > 0 ? [count(nodes.length, 'part')] : []),
    ...(edges.length > 0 ? [count(edges.length, 'edge')] : []),
  ].join(', ');
