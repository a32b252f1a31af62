/** What a bench says: ours beside a peer, measured in the same run on the same machine. */
export type Row = {
  name: string;
  ours: number;
  peer: number;
  peerName: string;
  unit: string;
  /** ours ÷ peer. */
  ratio: number;
  bar: string;
  ok: boolean;
};

type Measured = { name: string; ours: number; peer: number; peerName: string; unit: string };

/** A row with a bar; without one it is shown for comparison only. */
export function row(
  measured: Measured,
  bar?: { text: string; holds: (ours: number, ratio: number) => boolean },
): Row {
  const ratio = measured.ours / measured.peer;
  return { ...measured, ratio, bar: bar?.text ?? 'none', ok: bar?.holds(measured.ours, ratio) ?? true };
}

export const atLeast = (least: number) => ({ text: `≥ ${least}`, holds: (ours: number) => ours >= least });
export const atMost = (most: number) => ({ text: `≤ ${most}`, holds: (ours: number) => ours <= most });
export const ratioAtMost = (most: number) => ({
  text: `≤ ${most} × peer`,
  holds: (_: number, ratio: number) => ratio <= most,
});

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
