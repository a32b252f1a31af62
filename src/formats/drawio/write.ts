/** A board → one page, plain: draw.io reads it as well as what it packs, and so do people and version control. */
import type { Board, MarkStatus, NodeKind, Rect } from '../../graph/index.ts';
import type { Json } from '../scene/scene.ts';
import { writeScene } from '../scene/write.ts';
import { SHOWN } from './about.ts';
import { escapeXml } from './xml.ts';

const FORMS: Partial<Record<NodeKind, string>> = {
  database: 'shape=cylinder3;boundedLbl=1;size=8;',
  cache: 'shape=cylinder3;boundedLbl=1;size=8;',
  storage: 'shape=cylinder3;boundedLbl=1;size=8;',
  queue: 'rounded=1;arcSize=50;',
  topic: 'rounded=1;arcSize=50;',
  external: 'rounded=1;dashed=1;',
};
const MARK_STYLE: Readonly<Record<MarkStatus, string>> = {
  suspected: 'strokeColor=#E8590C;strokeWidth=2;',
  confirmed: 'strokeColor=#E03131;strokeWidth=3;',
  cleared: 'strokeColor=#2F9E44;strokeWidth=2;',
};

type Attributes = Readonly<Record<string, string | number | undefined>>;

const tag = (name: string, attributes: Attributes, inside: string | null): string => {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escapeXml(String(value))}"`]))
    .join('');
  return inside === null ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`;
};

/** Characters that XML can't hold are written as JSON can say them. */
const recordText = (data: Json): string =>
  JSON.stringify(data).replace(
    /[\u007f-\u009f\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

function shown(data: Json): Attributes {
  return Object.fromEntries(
    SHOWN.map((field) => [field, typeof data[field] === 'string' ? (data[field] as string) : undefined]),
  );
}

type Thing = { id: string; text: string; data: Json; link?: string | undefined };

const object = ({ id, text, data, link }: Thing, cell: string): string =>
  `        ${tag('object', { label: text, ...shown(data), link, tooltip: shown(data).description, chalkline: recordText(data), id }, cell)}\n`;

const box = (style: string, parent: string, rect: Rect): string =>
  tag(
    'mxCell',
    { style: `${style}whiteSpace=wrap;html=0;`, vertex: 1, parent },
    tag('mxGeometry', { ...rect, as: 'geometry' }, null),
  );

export function writeDrawio(board: Board): string {
  const { groups, nodes, notes, edges } = writeScene(board);
  const ids = idsOf([...groups, ...nodes, ...notes, ...edges].map(({ key }) => key));
  const rects = new Map(groups.map(({ key, rect }) => [key, rect]));
  const within = (rect: Rect, group: string | null): Rect => {
    const around = rects.get(group ?? '');
    return around ? { ...rect, x: rect.x - around.x, y: rect.y - around.y } : rect;
  };
  const cells = [
    ...groups.map(({ key, text, data, rect }) =>
      object(
        { id: ids(key), text, data },
        box('swimlane;startSize=28;container=1;collapsible=0;', '1', rect),
      ),
    ),
    ...nodes.map(({ key, text, data, rect, record, group, mark }) => {
      const style = `${FORMS[record.kind] ?? 'rounded=1;'}${mark ? MARK_STYLE[mark] : ''}`;
      const parent = group === null ? '1' : ids(group);
      return object(
        { id: ids(key), text, data, link: record.links?.[0] },
        box(style, parent, within(rect, group)),
      );
    }),
    ...notes.map(({ key, text, data, rect }) =>
      object(
        { id: ids(key), text, data },
        box('shape=note;size=12;align=left;verticalAlign=top;spacing=6;', '1', rect),
      ),
    ),
    ...edges.map(({ key, source, target, text, data, mark }) => {
      const style = `edgeStyle=orthogonalEdgeStyle;rounded=1;endArrow=block;endFill=1;html=0;${mark ? MARK_STYLE[mark] : ''}`;
      const ends = { edge: 1, parent: '1', source: ids(source), target: ids(target) };
      return object(
        { id: ids(key), text, data },
        tag('mxCell', { style, ...ends }, tag('mxGeometry', { relative: 1, as: 'geometry' }, null)),
      );
    }),
  ];
  const name = escapeXml(board.title) || 'Board';
  return `<mxfile host="chalkline">
  <diagram id="board" name="${name}">
    <mxGraphModel grid="1" gridSize="8" page="0">
      <root>
        <mxCell id="0"/>
        <mxCell id="1" parent="0"/>
${cells.join('')}      </root>
    </mxGraphModel>
  </diagram>
</mxfile>
`;
}

/** Keys as they are, where an attribute can hold them. */
function idsOf(keys: readonly string[]): (key: string) => string {
  const ids = new Map(keys.map((key, i) => [key, /^[\w.-]+$/.test(key) ? key : `cell-${i}`]));
  return (key) => ids.get(key) ?? key;
}
