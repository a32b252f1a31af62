/** Nearly in line becomes in line: values close to one another become one value. */

export type Value = { at: number; isFixed: boolean };

/** `held`: what a fixed value in it says, which the others join. */
type Cluster = { sum: number; members: number[]; held: number | null };

const middleOf = ({ sum, members, held }: Cluster): number => held ?? sum / members.length;

/**
 * The same values with those that lie within `within` of each other made equal: the two nearest clusters join
 * until no two are that near, so that doing it again changes nothing. The order stays.
 */
export function align(values: readonly Value[], within: number): number[] {
  const clusters = values
    .map(({ at, isFixed }, i): Cluster => ({ sum: at, members: [i], held: isFixed ? at : null }))
    .sort((a, b) => a.sum - b.sum);
  for (;;) {
    let nearest = -1;
    let least = within;
    for (let i = 0; i + 1 < clusters.length; i++) {
      const [a, b] = [clusters[i]!, clusters[i + 1]!];
      const distance = middleOf(b) - middleOf(a);
      const canJoin = a.held === null || b.held === null || a.held === b.held;
      if (!canJoin || distance > least || (distance === least && nearest >= 0)) continue;
      nearest = i;
      least = distance;
      if (least === 0) break;
    }
    if (nearest < 0) break;
    const [a, b] = [clusters[nearest]!, clusters[nearest + 1]!];
    const members = [...a.members, ...b.members];
    clusters.splice(nearest, 2, { sum: a.sum + b.sum, members, held: a.held ?? b.held });
  }
  const aligned = values.map(({ at }) => at);
  for (const cluster of clusters) for (const i of cluster.members) aligned[i] = middleOf(cluster);
  return aligned;
}
