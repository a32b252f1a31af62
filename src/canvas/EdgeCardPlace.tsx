/** Where the facts about an edge float: beside its pill, at the size of the page, and wholly on the page. */
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { Id } from '../graph/index.ts';
import { useSignal, useStage } from './context.ts';
import type { Insets } from './view.ts';

/** From the middle of the pill, past what hangs from it, to the card, and from the card to whatever else floats, page pixels. */
const AWAY = 30;
const CLEAR = 8;

type Props = { card: (edge: Id) => ReactNode; insets: () => Insets };

/** Shows the edge that is pointed at; the one selected too, where no panel does that. */
export function EdgeCardPlace({ card, insets }: Props) {
  const stage = useStage();
  const { workspace } = stage;
  const hovered = useSignal(stage.hoveredEdge);
  const moving = useSignal(stage.moved).size > 0;
  const viewport = useSignal(stage.viewport);
  const selected = workspace.use(({ session }) =>
    session.selection.edges.size === 1 && !session.panel.open ? [...session.selection.edges][0] : undefined,
  );
  const place = useRef<HTMLDivElement>(null);
  const edge = hovered ?? selected;
  const at = edge === undefined ? undefined : workspace.routes.labels.get(edge);

  useLayoutEffect(() => {
    const element = place.current;
    if (!element || !at) return;
    const { width, height, zoom } = viewport;
    const [x, y] = [at[0] * zoom + viewport.x, at[1] * zoom + viewport.y];
    const room = insets();
    const [cardWidth, cardHeight] = [element.offsetWidth, element.offsetHeight];
    const [least, most] = [room.left + CLEAR, width - room.right - cardWidth - CLEAR];
    const [top, bottom] = [room.top + CLEAR, height - CLEAR];
    let left = Math.max(least, Math.min(most, x - cardWidth / 2));
    let above = y - AWAY - cardHeight;
    if (y + AWAY + cardHeight <= bottom) above = y + AWAY;
    else if (above < top) {
      // room neither below nor above: beside it
      above = Math.max(top, Math.min(bottom - cardHeight, y - cardHeight / 2));
      left = x + 60 <= most ? x + 60 : Math.max(least, x - 60 - cardWidth);
    }
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(above)}px)`;
  });

  if (edge === undefined || !at || moving) return null;
  return (
    <div ref={place} className="edge-card-place">
      {card(edge)}
    </div>
  );
}
