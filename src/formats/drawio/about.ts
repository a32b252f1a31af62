/** What the attributes of an object say, besides its label: C4's fields, ours, and what people add with Edit Data. */
import { edgeIn, nodeIn } from '../scene/data.ts';
import type { Json } from '../scene/scene.ts';
import { arrowText, type BoxSaid, boxText, nodeKindIn, sameText } from '../scene/words.ts';
import { withoutHtml } from './style.ts';
import { escapeXml } from './xml.ts';

/** Fields that we write for people to see and change; the record holds them as well. */
export const SHOWN = ['kind', 'technology', 'protocol', 'description'] as const;

type Attributes = ReadonlyMap<string, string>;
type About = { said?: BoxSaid; text: string; data: Json | undefined };

/** @param label what is written on it */
export function aboutOf(attributes: Attributes, record: Json | undefined, label: string): About {
  if (record) return edited(attributes, record, label);
  const [name, type, technology, description] = ['c4Name', 'c4Type', 'c4Technology', 'c4Description'].map(
    (key) => withoutHtml(attributes.get(key) ?? ''),
  ) as [string, string, string, string];
  if (name !== '') {
    const said: BoxSaid = { name, ...nodeKindIn(type) };
    if (technology !== '') said.technology = technology;
    if (description !== '') said.description = description;
    return { said, text: label, data: undefined };
  }
  if (attributes.has('c4Type') && (technology !== '' || description !== ''))
    return {
      text: [description, technology && `[${technology}]`].filter(Boolean).join('\n'),
      data: undefined,
    };
  return { text: label, data: stated(attributes) };
}

/** A field that was changed by hand counts, whatever the label says; what no attribute can hold as it is was not. */
function edited(attributes: Attributes, record: Json, label: string): About {
  const changed = SHOWN.flatMap((field) => {
    const text = attributes.get(field);
    const isSame = text === undefined || text === attributeText(String(record[field] ?? ''));
    return isSame ? [] : [[field, text] as const];
  });
  if (changed.length === 0) return { text: label, data: record };
  const data = { ...record, ...Object.fromEntries(changed) };
  return { text: sameText(labelOf(record), label) ? labelOf(data) : label, data };
}

const labelOf = (record: Json): string => {
  if (record.is === 'edge') return arrowText(edgeIn(record));
  const node = nodeIn(record);
  return node.kind ? boxText({ name: '', ...node, kind: node.kind }) : '';
};

/** As reading gives it back. */
const attributeText = (text: string): string =>
  escapeXml(text).replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)));

/** Attributes of our names on somebody else's object. */
function stated(attributes: Attributes): Json | undefined {
  const kind = nodeKindIn(attributes.get('kind') ?? '').kind;
  if (!kind) return undefined;
  const rest = SHOWN.flatMap((field) => {
    const text = attributes.get(field);
    return text ? [[field, text] as const] : [];
  });
  return { ...Object.fromEntries(rest), kind, is: 'node' };
}
