/** What of a card is written directly when readings arrive: React has no part in it. */
import { useEffect, useRef } from 'react';
import { type BoardNode, subjectKey } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';

export type LiveProps = { workspace: Workspace; node: BoardNode };

/** Writes when readings of a node or of its edges arrive, at most twice a second. */
export function useWritten({ workspace, node }: LiveProps, write: () => void): void {
  const edges = workspace.use((state) => state.board.edges);
  const quantile = workspace.use((state) => state.session.quantile);
  const instance = workspace.use((state) => state.session.instance);
  const units = workspace.use((state) => state.session.units);
  const latest = useRef(write);
  latest.current = write;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another quantile is another figure
  useEffect(() => {
    const keys = [
      subjectKey({ type: 'node', id: node.id }),
      ...workspace.tellingEdges(node.id).map(({ id }) => subjectKey({ type: 'edge', id })),
    ];
    let timer = 0;
    const show = () => {
      timer = 0;
      latest.current();
    };
    const later = () => {
      if (timer === 0) timer = window.setTimeout(show, 500);
    };
    show();
    const end = workspace.readings.subscribe((dirty) => {
      if (timer === 0 && keys.some((key) => dirty.has(key))) later();
    });
    const ageing = window.setInterval(later, 5000);
    return () => {
      end();
      window.clearInterval(ageing);
      window.clearTimeout(timer);
    };
  }, [workspace, node, edges, quantile, instance, units]);
}

/** What stands already is not written again: each write is work for the page. */
export function set(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
