/** Everything that a person's hands do on the canvas, in one. A factory with its own end. */
import type { FinalConnectionState } from '@xyflow/react';
import type { Id, Point } from '../graph/index.ts';
import * as editing from './cards/editing.tsx';
import { connectNodes, dropConnector } from './gestures/connect.ts';
import { createNodeDrag } from './gestures/drag.ts';
import { createHover } from './gestures/hover.ts';
import { createLongPress } from './gestures/long-press.ts';
import { createMarquee } from './gestures/marquee.ts';
import { pickForMenu } from './gestures/pick-for-menu.ts';
import { clickPane, placeNode } from './gestures/place.ts';
import { createSides } from './gestures/sides.ts';
import type { Stage } from './stage.ts';

export type Hands = ReturnType<typeof createHands>;

export function createHands(wrapper: HTMLElement, stage: Stage) {
  const { workspace } = stage;
  const gestures = [
    createMarquee(wrapper, stage),
    createHover(wrapper, stage),
    createSides(wrapper, stage),
    createLongPress(wrapper),
  ];
  const onSpace = (event: KeyboardEvent) => {
    if (event.code === 'Space') wrapper.classList.toggle('space-held', event.type === 'keydown');
  };
  window.addEventListener('keydown', onSpace);
  window.addEventListener('keyup', onSpace);
  stage.editing.set(editing);
  return {
    nodeDrag: createNodeDrag(stage),
    clickPane: (at: Point, zoom: number, add: boolean) => clickPane(workspace, at, zoom, add),
    /** A double click on the empty board puts a service there. */
    doubleClick(target: EventTarget, at: Point): void {
      const { session, readOnly } = workspace.use.getState();
      const onPane = target instanceof Element && target.classList.contains('react-flow__pane');
      if (!onPane || session.tool.type !== 'select' || readOnly !== null) return;
      if (stage.hoveredEdge.get() === null) placeNode(workspace, 'service', at);
    },
    openMenu: (target: EventTarget, at: Point, zoom: number) => pickForMenu(workspace, target, at, zoom),
    connect: (source: Id, target: Id) => connectNodes(workspace, source, target),
    /** A connector let go of where no handle is. */
    connectEnd(event: MouseEvent | TouchEvent, connection: FinalConnectionState): void {
      if (connection.isValid || !connection.fromNode) return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      const at = point && workspace.view?.at([point.clientX, point.clientY]);
      if (at) dropConnector(workspace, connection.fromNode.id, at);
    },
    destroy(): void {
      stage.editing.set(null);
      for (const gesture of gestures) gesture.destroy();
      window.removeEventListener('keydown', onSpace);
      window.removeEventListener('keyup', onSpace);
    },
  };
}
