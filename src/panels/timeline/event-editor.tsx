/** One event, to be named, dated or taken away. */
import { Trash2, X } from 'lucide';
import { useEffect, useRef } from 'react';
import { type BoardEvent, EVENT_KINDS, removeEvent } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { editFields, nameFault } from '../inspector/edit.ts';
import { TextInput } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { localText, parseLocal } from './local-time.ts';
import { shareOf, type View } from './scale.ts';

type Props = { workspace: Workspace; event: BoardEvent; view: View; onClose: () => void };

export function EventEditor({ workspace, event, view, onClose }: Props) {
  const { id, kind, name, at, source } = event;
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const edit = (fields: Partial<Omit<BoardEvent, 'id'>>) => editFields(workspace, 'events', [id], fields);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const closeOutside = (pressed: globalThis.PointerEvent) => {
      if (!root.current?.contains(pressed.target as Node)) onClose();
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [onClose]);
  const share = Math.min(1, Math.max(0, shareOf(at, view)));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc is heard from the fields in it
    <div
      ref={root}
      className="island event-editor"
      style={{ left: `clamp(0px, calc(${100 * share}% - 140px), calc(100% - 300px))` }}
      onKeyDown={(pressed) => {
        if (pressed.key !== 'Escape') return;
        pressed.preventDefault();
        onClose();
      }}
    >
      <fieldset disabled={readOnly}>
        <TextInput
          label="What happened"
          value={name}
          autoFocus
          faultOf={nameFault}
          onCommit={(next) => edit({ name: next })}
        />
        <select
          aria-label="Kind"
          value={kind}
          onChange={(chosen) => edit({ kind: chosen.target.value as BoardEvent['kind'] })}
        >
          {EVENT_KINDS.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
        <input
          key={at}
          type="datetime-local"
          step={1}
          aria-label="When"
          defaultValue={localText(at)}
          onBlur={(left) => {
            const next = parseLocal(left.target.value);
            if (next !== null && left.target.value !== localText(at)) edit({ at: next });
          }}
        />
        <button
          type="button"
          className="icon-button small"
          aria-label={`Delete ${name}`}
          title="Delete (can be undone)"
          onClick={() => {
            workspace.run('delete event', (board) => removeEvent(board, { id }));
            onClose();
          }}
        >
          <Icon of={Trash2} size={14} />
        </button>
      </fieldset>
      <button
        type="button"
        className="icon-button small"
        aria-label="Done"
        title="Done (Esc)"
        onClick={onClose}
      >
        <Icon of={X} size={14} />
      </button>
      {source && <p className="aside">told by {source}</p>}
    </div>
  );
}
