/** Where path data goes: every end and control point in absolute coordinates. Arcs count by their ends. */
export function coordinatesOf(d: string): [number, number][] {
  const points: [number, number][] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  for (const [, letter = '', rest = ''] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const numbers = [...rest.matchAll(/-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?/g)].map(([text]) => Number(text));
    const relative = letter === letter.toLowerCase();
    const kind = letter.toUpperCase();
    if (kind === 'Z') [x, y] = [startX, startY];
    // an arc's two flags may be written without a space, which this reading does not know
    const arity = { M: 2, L: 2, H: 1, V: 1, Q: 4, S: 4, C: 6, A: 7, Z: 0 }[kind];
    if (arity === undefined) throw new Error(`path command ${letter} in ${d}`);
    if (arity > 0 && numbers.length % arity !== 0) throw new Error(`odd numbers after ${letter} in ${d}`);
    for (let i = 0; arity > 0 && i < numbers.length; i += arity) {
      const args = numbers.slice(i, i + arity);
      const [fromX, fromY] = relative ? [x, y] : [0, 0];
      if (kind === 'H') x = fromX + args[0]!;
      else if (kind === 'V') y = fromY + args[0]!;
      else {
        const pairs = kind === 'A' ? args.slice(5) : args;
        for (let k = 0; k < pairs.length; k += 2) {
          [x, y] = [fromX + pairs[k]!, fromY + pairs[k + 1]!];
          points.push([x, y]);
        }
      }
      points.push([x, y]);
      if (kind === 'M' && i === 0) [startX, startY] = [x, y];
    }
  }
  return points;
}
