/** The page: the canvas, and what floats over it. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { Canvas } from '../canvas/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { firstFrames } from './frames.ts';
import { useTheme } from './theme.ts';

/** What the rail, the top bar, the foot and an open panel take of the canvas, page pixels. */
const CHROME = { top: 56, bottom: 40, left: 64 };
/** The timeline at the foot, page pixels. */
const TIMELINE = 116;
const panelWidth = () => Math.max(320, Math.min(420, window.innerWidth * 0.34)) + 12;

/** While a board is presented its name stands at the foot. */
const PRESENTED = { top: 0, bottom: 40, left: 0, right: 0 };

type Floating = typeof import('./Floating.tsx');

export function App({ workspace }: { workspace: Workspace }) {
  const theme = useTheme(workspace);
  const [floating, setFloating] = useState<Floating | 'missing' | null>(null);
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  const closeMenu = useCallback(() => setMenu(null), []);
  const presenting = workspace.use((state) => state.session.presenting);
  useEffect(() => {
    firstFrames()
      .then(() => import('./Floating.tsx'))
      .then(setFloating, () => setFloating('missing'));
  }, []);
  // the first key that is pressed before there are keys waits for them; what follows it may be meant for a field
  const early = useRef<KeyboardEvent | null>(null);
  useEffect(() => {
    if (floating) {
      early.current?.target?.dispatchEvent(early.current);
      return;
    }
    const keep = (event: KeyboardEvent) => {
      if (event.key.length === 1) early.current ??= event;
    };
    window.addEventListener('keydown', keep);
    return () => window.removeEventListener('keydown', keep);
  }, [floating]);
  const insets = useCallback(() => {
    const { panel, presenting, timeline, charts } = workspace.use.getState().session;
    if (presenting) return PRESENTED;
    const { open } = panel;
    return {
      ...CHROME,
      ...(timeline && { bottom: TIMELINE + (charts.open ? charts.height : 0) }),
      right: open ? panelWidth() : 0,
    };
  }, [workspace]);
  const loaded = floating === 'missing' ? null : floating;
  const card = useCallback(
    (edge: string) => loaded && <loaded.EdgeCard workspace={workspace} edge={edge} />,
    [workspace, loaded],
  );
  return (
    <div className="app" data-presenting={presenting}>
      <main>
        <Canvas workspace={workspace} theme={theme} card={card} insets={insets} onContextMenu={setMenu} />
      </main>
      {loaded && <loaded.Floating workspace={workspace} menu={menu} onMenuClose={closeMenu} />}
      {floating === 'missing' && (
        <p className="shell-words" role="alert">
          The controls could not be fetched. The board is kept; load the page again.
        </p>
      )}
    </div>
  );
}
