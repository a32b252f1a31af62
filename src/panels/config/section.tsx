/** What a part is configured with: read from a file or text, each setting held against what its makers ship. Fetched when shown. */
import { useMemo, useState } from 'react';
import { audit, CATALOGUE, type KeyFinding, systemsOf } from '../../analysis/index.ts';
import { type Id, setConfig, takeConfig } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { nameFault } from '../inspector/edit.ts';
import { TextField } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Setting } from './setting.tsx';
import { TakeIn } from './take-in.tsx';
import { Together } from './together.tsx';
import './config.css';

type Props = { workspace: Workspace; id: Id };

export default function ConfigSection({ workspace, id }: Props) {
  const node = workspace.use((state) => state.board.nodes[id]);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const config = node?.config;
  if (!node) return null;
  const set = (change: { system?: string; version?: string }) =>
    workspace.run('edit configuration', (board) =>
      setConfig(board, { id, config: { system: '', values: {}, ...board.nodes[id]?.config, ...change } }),
    );
  return (
    <section className="config" data-drop-onto={id} aria-label="Configuration">
      <h3>Configuration</h3>
      {!config && (
        <p className="aside">
          Drop or paste what it is set to, as a file or in part: each setting is held against what its makers
          ship.
        </p>
      )}
      <fieldset disabled={readOnly}>
        {config && (
          <>
            <div className="pair">
              <TextField
                label="System"
                value={config.system}
                placeholder="Kafka consumer, nginx, …"
                options={SYSTEMS}
                faultOf={nameFault}
                onCommit={(system) => set({ system })}
              />
              <TextField
                label="Version"
                value={config.version ?? ''}
                placeholder="not stated"
                faultOf={nameFault}
                onCommit={(version) => set({ version })}
              />
            </div>
            <p className="aside">{aboutVersion(config.system, config.version)}</p>
          </>
        )}
        <TakeIn
          workspace={workspace}
          node={node}
          onTake={(read, add) =>
            workspace.run('take configuration', (board) => takeConfig(board, { id, read, add }))
          }
        />
        {config && <Settings key={id} workspace={workspace} id={id} />}
      </fieldset>
      <Together workspace={workspace} id={id} />
    </section>
  );
}

const SYSTEMS = CATALOGUE.map(({ name }) => name);

/** What is compared with, where that isn't what one would think. */
function aboutVersion(system: string, version: string | undefined): string {
  const known = systemsOf(system);
  if (known.length === 0)
    return system === ''
      ? 'Without a system only names that say theirs are held against defaults, such as spring.datasource.hikari.…'
      : `Nothing is known of the defaults of ${system}; only names that say another system are held against them.`;
  const isTold = /\d/.test(version ?? '') || known.length > 1;
  return isTold ? '' : 'Without a version it is held against the newest.';
}

/** What is only counted, unless all are asked for. */
const isQuiet = (finding: KeyFinding | undefined): boolean =>
  !finding ||
  finding.kind === 'redundant' ||
  finding.kind === 'unknown default' ||
  (finding.kind === 'unknown key' && finding.nearest === null);

/** Settings shown at once. */
const LISTED = 100;

function Settings({ workspace, id }: Props) {
  const config = workspace.use((state) => state.board.nodes[id]?.config);
  const [shown, setShown] = useState<'asked' | 'all' | null>(null);
  const [most, setMost] = useState(LISTED);
  const findings = useMemo(() => {
    const found = config ? audit({ type: 'node', id }, config) : [];
    return new Map(found.map((finding) => [finding.name, finding]));
  }, [config, id]);
  if (!config) return null;
  const names = Object.keys(config.values);
  if (names.length === 0) return null;
  const asked = names.filter((name) => !isQuiet(findings.get(name)));
  const which = shown ?? (asked.length > 0 ? 'asked' : 'all');
  const listed = which === 'all' ? names : asked;
  return (
    <>
      <Segmented
        label="Settings shown"
        value={which}
        options={[
          { value: 'asked', label: `To ask about ${asked.length}` },
          { value: 'all', label: `All ${names.length}` },
        ]}
        onChange={setShown}
      />
      {listed.length === 0 && <p className="aside">Nothing departs from what the makers ship.</p>}
      <ul className="settings" aria-label="Settings">
        {listed.slice(0, most).map((name) => (
          <Setting
            key={name}
            workspace={workspace}
            id={id}
            name={name}
            value={config.values[name]!}
            note={config.reasons?.[name]}
            finding={findings.get(name)}
          />
        ))}
      </ul>
      {listed.length > most && (
        <button type="button" className="button small" onClick={() => setMost(most + 4 * LISTED)}>
          {listed.length - most} more
        </button>
      )}
    </>
  );
}
