/** Views say how a model is drawn; of that only the shapes of tags say what something is. */
import type { Line, linesOf } from './lines.ts';

export function readStyles(lines: ReturnType<typeof linesOf>, from: Line, shapes: Map<string, string>): void {
  const open: Line[] = [from];
  while (open.length > 0) {
    const line = lines.next();
    if (!line) return lines.fail('this { is never closed', open[0]!.at);
    if (line.closes) open.pop();
    else if (line.opens) open.push(line);
    else {
      const [keyword, shape] = line.words;
      const [element, tag] = open.at(-1)!.words;
      if (
        keyword?.text.toLowerCase() === 'shape' &&
        shape &&
        element?.text.toLowerCase() === 'element' &&
        tag
      )
        shapes.set(tag.text.toLowerCase(), shape.text.toLowerCase());
    }
  }
}
