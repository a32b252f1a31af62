/** Arrow keys inside toolbars, tabs, menus and choices. */
import type { KeyboardEvent } from 'react';

const NEXT: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/**
 * Arrow keys, Home and End move the focus among the elements of `container` that fit `selector`.
 * @returns the element that has the focus now, or null where the key was none of these
 */
export function rove(
  event: KeyboardEvent,
  selector: string,
  axis: 'horizontal' | 'vertical' | 'both' = 'both',
): HTMLElement | null {
  const along = axis === 'both' || (axis === 'vertical' ? /(Up|Down)$/ : /(Left|Right)$/).test(event.key);
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const at = items.indexOf(document.activeElement as HTMLElement);
  let to: number;
  if (event.key === 'Home') to = 0;
  else if (event.key === 'End') to = items.length - 1;
  else if (along && NEXT[event.key] !== undefined) to = (at + NEXT[event.key]! + items.length) % items.length;
  else return null;
  event.preventDefault();
  event.stopPropagation();
  items[to]?.focus();
  return items[to] ?? null;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};

/** How far a key moves along a scale, ten times as far with Shift; undefined for one that does not. */
export function stepsOf({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): number | undefined {
  const steps = STEPS[key];
  return steps === undefined ? undefined : steps * (shiftKey ? 10 : 1);
}
