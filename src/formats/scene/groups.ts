/**
 * What was grouped to be one thing (an icon of many shapes, with its name below) is one box; what
 * was grouped of several parts is a boundary.
 */
import { boundsOf, centreOf, type Rect } from '../../graph/index.ts';
import type { End, Line, Shape } from './scene.ts';

export type GroupedShape = Shape & {
  /** From the innermost to the outermost group that it is in. */
  groups: string[];
};

/** Innermost groups first. Lines that end on what became one box end on that. */
export function joinGroups(all: readonly GroupedShape[], lines: readonly Line[]): Shape[] {
  let shapes = [...all];
  const ends = lines.flatMap(({ from, to }) => [from, to]);
  for (let depth = deepest(shapes); depth > 0; depth--) {
    const deep = Map.groupBy(shapes, ({ groups }) => (groups.length === depth ? groups[0]! : ''));
    const outside = deep.get('') ?? [];
    deep.delete('');
    shapes = [...outside, ...[...deep].flatMap(([id, members]) => joined(id, members, lines, ends))];
  }
  return shapes;
}

const deepest = (shapes: readonly GroupedShape[]): number =>
  shapes.reduce((most, { groups }) => Math.max(most, groups.length), 0);

function joined(
  id: string,
  members: readonly GroupedShape[],
  lines: readonly Line[],
  ends: readonly End[],
): GroupedShape[] {
  const [first] = members as [GroupedShape, ...GroupedShape[]];
  const groups = first.groups.slice(1);
  if (members.length === 1) return [{ ...first, groups }];
  const ids = new Set(members.map((member) => member.id));
  const isJoined = lines.some(
    ({ from, to }) => from.id !== to.id && ids.has(from.id ?? '') && ids.has(to.id ?? ''),
  );
  const rect = boundsOf(members.map((member) => member.rect)) ?? first.rect;
  if (isJoined || namesAmong(members) > 1) {
    const frame: GroupedShape = { id: `group ${id}`, type: 'frame', rect, text: '', groups, at: first.at };
    return [frame, ...members.map((member) => ({ ...member, groups: [], frame: member.frame ?? frame.id }))];
  }
  const main = members.find(({ type }) => type === 'box') ?? first;
  for (const end of ends) if (ids.has(end.id ?? '')) end.id = main.id;
  const text = members
    .map((member) => member.text)
    .filter((each) => each !== '')
    .join('\n');
  const links = members.flatMap((member) => member.links ?? []);
  return [{ ...main, rect, text, links, groups }];
}

/** How many of the boxes have a name: bound, or lying on them. */
function namesAmong(members: readonly GroupedShape[]): number {
  const boxes = members.filter(({ type }) => type !== 'text');
  const bare = boxes.filter(({ text }) => text === '');
  const lyingOn = members.flatMap((member) => {
    const [x, y] = centreOf(member.rect);
    const isOn = (rect: Rect) =>
      x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height;
    return member.type === 'text' ? (bare.find(({ rect }) => isOn(rect)) ?? []) : [];
  });
  return boxes.length - bare.length + new Set(lyingOn).size;
}
