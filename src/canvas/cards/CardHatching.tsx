/** Over a card whose part an experiment has taken out. */
import { sizeOfKind, takenOut } from '../../graph/index.ts';
import { hatchPath, silhouette } from '../../picture/index.ts';
import type { LiveProps } from './written.ts';

export function CardHatching({ workspace, node }: LiveProps) {
  const isOut = workspace.use(() => takenOut(workspace.shown().board).nodes.has(node.id));
  if (!isOut) return null;
  const rect = { x: 0, y: 0, ...sizeOfKind(node.kind) };
  const clipPath = `path("${silhouette(node.kind, rect)}")`;
  return <path className="node-hatching" d={hatchPath(rect)} style={{ clipPath }} />;
}
