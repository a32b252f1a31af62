/** Times as the browser's own field for them has them, in the viewer's zone: `2026-11-23T14:02:30`. */
import type { EpochMs } from '../../graph/index.ts';

const two = (value: number) => String(value).padStart(2, '0');

export function localText(at: EpochMs): string {
  const date = new Date(at);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(two).join('-');
  return `${day}T${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

/** Null for what is not a time. */
export function parseLocal(text: string): EpochMs | null {
  const at = new Date(text).getTime();
  return text === '' || Number.isNaN(at) ? null : at;
}
