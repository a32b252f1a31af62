/**
 * Charts of what is selected, in a drawer on the timeline: as high as it is drawn, over the stretch that the timeline
 * shows. Only this file is there from the beginning; the charts come with the first look at them.
 */
import { type KeyboardEvent, type PointerEvent, useEffect, useState } from 'react';
import type { Workspace } from '../../workspace/index.ts';
import { useFocusLeft } from '../ui/focus.ts';
import './drawer.css';

type Dashboard = typeof import('./dashboard.tsx');

/** Page pixels; above it so much of the board stays. */
const LEAST = 168;
const ABOVE = 300;
const KEY_STEP = 24;

export function ChartsDrawer({ workspace }: { workspace: Workspace }) {
  const { open, height } = workspace.use((state) => state.session.charts);
  const [loaded, setLoaded] = useState<Dashboard | null>(null);
  const root = useFocusLeft<HTMLElement>(workspace);
  useEffect(() => {
    if (!open || loaded) return;
    import('./dashboard.tsx').then(setLoaded, () => {
      workspace.session({ charts: { ...workspace.use.getState().session.charts, open: false } });
      workspace.notify('The charts could not be fetched from the server. Load the page again.', 'error');
    });
  }, [open, loaded, workspace]);
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--charts', open ? `${height + 6}px` : '0px');
    return () => void style.removeProperty('--charts');
  }, [open, height]);
  if (!open) return null;
  const most = () => Math.max(LEAST, window.innerHeight - ABOVE);
  const setHeight = (next: number) =>
    workspace.session({ charts: { open, height: Math.round(Math.min(most(), Math.max(LEAST, next))) } });
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? KEY_STEP : event.key === 'ArrowDown' ? -KEY_STEP : 0;
    if (by === 0) return;
    event.preventDefault();
    setHeight(height + by);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const { clientY: start, pointerId } = event;
    const handle: HTMLElement = event.currentTarget;
    handle.setPointerCapture(pointerId);
    const end = new AbortController();
    const { signal } = end;
    handle.addEventListener('pointermove', (moved) => setHeight(height + start - moved.clientY), { signal });
    for (const each of ['pointerup', 'pointercancel'] as const)
      handle.addEventListener(each, () => end.abort(), { signal });
  };
  return (
    <section ref={root} className="island charts" aria-label="Charts" style={{ height }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a rule can't be dragged */}
      <div
        className="resize-charts"
        role="separator"
        aria-orientation="horizontal"
        aria-label="Height of the charts"
        aria-valuemin={LEAST}
        aria-valuemax={most()}
        aria-valuenow={height}
        tabIndex={0}
        title="Higher or lower"
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
      />
      {loaded ? <loaded.Dashboard workspace={workspace} /> : <p className="nothing">Fetching the charts…</p>}
    </section>
  );
}
