/** A finger held still opens the menu of what is under it, as a right click does. */

/** Milliseconds, and page pixels that a finger may tremble. */
const HELD_FOR = 500;
const SLACK = 10;

export function createLongPress(wrapper: HTMLElement): { destroy(): void } {
  let timer = 0;
  let start: { x: number; y: number } | null = null;

  const give = () => {
    window.clearTimeout(timer);
    start = null;
  };
  const onDown = (event: PointerEvent) => {
    give();
    if (event.pointerType !== 'touch' || !event.isPrimary) return;
    start = { x: event.clientX, y: event.clientY };
    const { target } = event;
    timer = window.setTimeout(() => {
      if (!start || !target) return;
      const at = { clientX: start.x, clientY: start.y, bubbles: true, cancelable: true };
      target.dispatchEvent(new MouseEvent('contextmenu', at));
    }, HELD_FOR);
  };
  const onMove = (event: PointerEvent) => {
    if (start && Math.hypot(event.clientX - start.x, event.clientY - start.y) > SLACK) give();
  };
  // browsers that do this themselves send a context menu event: then theirs is the one that counts
  const ends = ['pointerup', 'pointercancel', 'contextmenu'] as const;
  wrapper.addEventListener('pointerdown', onDown, true);
  wrapper.addEventListener('pointermove', onMove, true);
  for (const end of ends) wrapper.addEventListener(end, give, true);
  return {
    destroy() {
      give();
      wrapper.removeEventListener('pointerdown', onDown, true);
      wrapper.removeEventListener('pointermove', onMove, true);
      for (const end of ends) wrapper.removeEventListener(end, give, true);
    },
  };
}
