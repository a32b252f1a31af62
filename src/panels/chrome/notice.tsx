/** What happened last. Good news goes by itself; errors stay until they are put away. */
import { CircleAlert, Info, X } from 'lucide';
import { useEffect } from 'react';
import type { Workspace } from '../../workspace/index.ts';
import { Icon } from '../ui/icon.tsx';
import './overlays.css';

/** Milliseconds that good news stays. */
const LIFE = 6000;

export function Notice({ workspace }: { workspace: Workspace }) {
  const notice = workspace.use((state) => state.session.notice);
  useEffect(() => {
    if (notice?.tone !== 'info' || notice.details) return;
    const timer = setTimeout(() => {
      if (workspace.use.getState().session.notice?.key === notice.key) workspace.session({ notice: null });
    }, LIFE);
    return () => clearTimeout(timer);
  }, [notice, workspace]);
  if (!notice) return null;
  const { text, tone, details, key } = notice;
  return (
    <div key={key} className="panels island notice" data-tone={tone}>
      <Icon of={tone === 'error' ? CircleAlert : Info} />
      <div className="notice-text" role={tone === 'error' ? 'alert' : 'status'}>
        <p>{text}</p>
        {details && details.length > 0 && (
          <ul>
            {details.map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines may be equal and never move
              <li key={i}>{line}</li>
            ))}
          </ul>
        )}
      </div>
      <button
        type="button"
        className="icon-button small"
        aria-label="Put away"
        title="Put away (Esc)"
        onClick={() => workspace.session({ notice: null })}
      >
        <Icon of={X} size={14} />
      </button>
    </div>
  );
}
