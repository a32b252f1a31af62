/** A Structurizr workspace as JSON. Relations that only follow from others are not drawn. */
import type { Drawing } from '../diagram/drawing.ts';
import {
  drawingOf,
  type Element,
  emptyWorkspace,
  type Frame,
  frameOf,
  note,
  UNKNOWN_ENDS,
  type Workspace,
} from '../diagram/model.ts';
import { isObject } from '../format.ts';
import { DEPLOYMENTS, kindsBy } from './kinds.ts';

type Json = Record<string, unknown>;
type Reading = {
  workspace: Workspace;
  byId: Map<string, Element>;
  groups: Map<string, Frame>;
  pending: { relation: Json; at: number }[];
  /** `at` is an index in this. */
  paths: string[];
  separator: string;
};

const MAPS = ['people', 'softwareSystems', 'containers', 'components', 'customElements'] as const;
const WHAT: Readonly<Record<(typeof MAPS)[number], string>> = {
  people: 'person',
  softwareSystems: 'softwaresystem',
  containers: 'container',
  components: 'component',
  customElements: 'element',
};

export const isWorkspace = (value: unknown): value is Json & { model: Json } =>
  isObject(value) &&
  isObject(value.model) &&
  (['people', 'softwareSystems', 'customElements'].some((key) => Array.isArray((value.model as Json)[key])) ||
    isObject(value.views));

export function parseJsonWorkspace(value: Json & { model: Json }): { drawing: Drawing; paths: string[] } {
  const { model, name, views } = value;
  const properties = isObject(model.properties) ? model.properties : {};
  const reading: Reading = {
    ...{ workspace: emptyWorkspace(), byId: new Map(), groups: new Map(), pending: [], paths: [] },
    separator: textIn(properties['structurizr.groupSeparator']) ?? '',
  };
  const { workspace, byId, pending, paths } = reading;
  workspace.title = textIn(name) ?? null;
  readAll(reading, model, 'model', null);
  let unknown = 0;
  for (const { relation, at } of pending) {
    const [source, target] = [relation.sourceId, relation.destinationId].map((id) => byId.get(idIn(id)));
    if (!source || !target) unknown++;
    else
      workspace.relations.push({
        ...{ source, target, at, tags: tagsIn(relation.tags) },
        description: textIn(relation.description),
        technology: textIn(relation.technology),
      });
  }
  if (unknown > 0) workspace.remarks.set(UNKNOWN_ENDS, unknown);
  const environments = arrayIn(model.deploymentNodes).map((node) => isObject(node) && node.environment);
  note(workspace, DEPLOYMENTS, new Set(environments).size);
  const shapes = new Map<string, string>();
  readShapes(views, shapes);
  return { drawing: drawingOf(workspace, kindsBy(shapes)), paths };
}

const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;
const arrayIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const tagsIn = (value: unknown): string[] =>
  (textIn(value) ?? '').split(',').flatMap((tag) => tag.trim() || []);

function readAll(reading: Reading, holder: Json, path: string, parent: Element | null): void {
  const { workspace, byId, pending, paths } = reading;
  for (const map of MAPS)
    for (const [i, item] of arrayIn(holder[map]).entries()) {
      const name = isObject(item) ? textIn(item.name) : undefined;
      if (!isObject(item) || name === undefined) continue;
      const here = `${path}.${map}.${i}`;
      const around = groupOf(reading, textIn(item.group), parent);
      const element: Element = {
        ...{
          key: String(workspace.elements.length),
          what: WHAT[map],
          name,
          parent,
          around,
          tags: tagsIn(item.tags),
        },
        at: paths.push(here) - 1,
        description: textIn(item.description),
        technology:
          textIn(item.technology) ?? textIn(isObject(item.properties) ? item.properties.technology : null),
        url: textIn(item.url),
      };
      workspace.elements.push(element);
      byId.set(idIn(item.id), element);
      for (const [j, relation] of arrayIn(item.relationships).entries())
        if (isObject(relation) && relation.linkedRelationshipId === undefined)
          pending.push({ relation, at: paths.push(`${here}.relationships.${j}`) - 1 });
      readAll(reading, item, here, element);
    }
}

/** Text, or a number in its place. */
const idIn = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** Groups are names, which may say what they are in: `Company/Department`. */
function groupOf(
  { groups, workspace, separator }: Reading,
  said: string | undefined,
  parent: Element | null,
): Frame | null {
  let around = parent && frameOf(parent);
  if (said === undefined) return around;
  for (const name of separator === '' ? [said] : said.split(separator)) {
    const key = JSON.stringify([around?.key ?? null, name]);
    const known = groups.get(key);
    const group: Frame = known ?? { key: `group ${groups.size}`, name, around };
    if (!known) {
      groups.set(key, group);
      workspace.groups.push(group);
    }
    around = group;
  }
  return around;
}

function readShapes(views: unknown, shapes: Map<string, string>): void {
  const configuration = isObject(views) && isObject(views.configuration) ? views.configuration : {};
  const styles = isObject(configuration.styles) ? arrayIn(configuration.styles.elements) : [];
  for (const style of styles) {
    if (!isObject(style)) continue;
    const [tag, shape] = [textIn(style.tag), textIn(style.shape)];
    if (tag && shape) shapes.set(tag.toLowerCase(), shape.toLowerCase());
  }
}
