/** Dragging along the strip: told at most once a frame, for who looks may have much to paint. */
import type { PointerEvent } from 'react';

/**
 * Follows the pointer until it is let go of.
 * @param track what is dragged along
 * @param told where the pointer is, from 0 at the track's left to 1 at its right
 */
export function follow(
  event: PointerEvent<Element>,
  track: Element,
  told: (share: number) => void,
  done: () => void = () => {},
): void {
  if (event.button !== 0) return;
  const target = event.currentTarget as HTMLElement;
  const { left, width } = track.getBoundingClientRect();
  let x = event.clientX;
  let frame = 0;
  const tell = () => {
    frame = 0;
    told((x - left) / width);
  };
  const onMove = (moved: globalThis.PointerEvent) => {
    x = moved.clientX;
    if (frame === 0) frame = requestAnimationFrame(tell);
  };
  const onEnd = () => {
    target.removeEventListener('pointermove', onMove);
    for (const end of ENDS) target.removeEventListener(end, onEnd);
    if (frame !== 0) {
      cancelAnimationFrame(frame);
      tell();
    }
    done();
  };
  target.setPointerCapture(event.pointerId);
  target.addEventListener('pointermove', onMove);
  for (const end of ENDS) target.addEventListener(end, onEnd);
  tell();
}

const ENDS = ['pointerup', 'pointercancel'] as const;
