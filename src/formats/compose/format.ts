/** docker-compose: services, what they depend on, and whom their settings name. */
import { createGraph, titleOf } from '../build.ts';
import {
  type FileFault,
  type Format,
  isObject,
  type Opened,
  type OpenedFile,
  type Read,
  type ReadContext,
  refuse,
} from '../format.ts';
import { Beside } from '../manifest/beside.ts';
import { drawParts } from '../manifest/draw.ts';
import { absentPart, type Link, type Part, spotOf } from '../manifest/part.ts';
import { isMap, textOf, treeOf } from '../manifest/tree.ts';
import { firstOf } from '../manifest/words.ts';
import { parseYaml } from '../manifest/yaml.ts';
import { resolverFor } from './hosts.ts';
import { sharedMounts } from './mounts.ts';
import { type ComposeFile, type Project, projectsIn } from './project.ts';
import { proxied } from './proxies.ts';
import { serviceOf, statedBy } from './service.ts';

/** At the top, followed by a map; lists of this name are other tools'. */
const SERVICES =
  /^(["']?)services\1\s*:\s*(?:[&!][^\s]*\s*)?(?:\{|(?:#[^\n]*)?\r?\n(?:\s*(?:#[^\n]*)?\r?\n)*[ \t]+[^\s#-])/m;
const NAMED = /(?:^|[/\\])(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/i;

function isCompose(opened: Opened, file: string): boolean {
  if (opened.type === 'json') {
    const [value] = opened.values;
    if (opened.values.length !== 1 || !isObject(value) || !isObject(value.services)) return false;
    const services = Object.values(value.services);
    return (
      services.length > 0 &&
      services.every(isObject) &&
      services.some((each) => 'image' in each || 'build' in each)
    );
  }
  if (opened.type !== 'text') return false;
  const { text } = opened;
  if (/^apiVersion\s*:/m.test(text) && /^kind\s*:/m.test(text)) return false;
  return SERVICES.test(text) || (NAMED.test(file) && /^[\w"'-]+\s*:/m.test(text)) || isOldForm(text);
}

/** Of the oldest form: nothing but services at the top, each with an image, a build or another that it extends. */
function isOldForm(text: string): boolean {
  let [services, isService, indent] = [0, true, ''];
  for (const line of text.split('\n')) {
    if (/^\s*(?:#|$)|^---\s*$/.test(line)) continue;
    const [, space = '', key = '', rest = ''] = /^( *)([\w.-]+) *:(.*)$/.exec(line) ?? [];
    const value = rest.trim();
    if (/^\S/.test(line)) {
      if (!isService || key === '' || (value !== '' && !value.startsWith('#'))) return false;
      [services, isService, indent] = [services + 1, false, ''];
    } else {
      indent ||= space;
      const says = key === 'image' ? value !== '' : key === 'build' || key === 'extends';
      if (says && space === indent) isService = true;
    }
  }
  return services > 0 && isService;
}

function readCompose(own: readonly OpenedFile[], others: readonly OpenedFile[], context: ReadContext): Read {
  const [first] = own;
  const graph = createGraph({ newId: context.newId, file: first!.file });
  const faults: FileFault[] = [];
  const files: ComposeFile[] = [];
  for (const { file, opened } of own) {
    if (opened.type === 'json') files.push({ file, tree: treeOf(opened.values[0], file) });
    if (opened.type !== 'text') continue;
    const { documents, faults: broken, remarks } = parseYaml(opened.text, file);
    faults.push(...broken.map((fault) => ({ file, ...fault })));
    for (const { path, reason } of remarks) graph.remark(reason, `${file} ${path}`);
    for (const tree of documents)
      if (isMap(tree)) files.push({ file, tree });
      else faults.push({ file, path: '1:1', reason: 'must be a map with services' });
  }
  if (files.length === 0 && faults.length > 0) return { ok: false, faults };
  const beside = new Beside(others);
  const projects = projectsIn(files, beside, {
    remark: graph.remark,
    fault: (file, fault) => void faults.push({ file, ...fault }),
  });
  const missing = new Set<string>();
  const drawings = projects.map((project) => drawingOf(project, beside, missing));
  if (missing.size > 0)
    graph.remark(
      `sets variables by what is not among the files given: ${firstOf([...missing], 10)}`,
      first!.file,
    );
  const several = projects.length > 1;
  for (const { name, files: together } of projects)
    if (together.length > 2)
      graph.remark(`read together, one over the other, as ${name}: ${together.join(', ')}`);
  const parts = drawings.flatMap((drawing) =>
    drawing.parts.map((part) => (several ? part : { ...part, group: null })),
  );
  if (parts.length === 0)
    return faults.length > 0
      ? { ok: false, faults }
      : refuse(first!.file, '', 'is of compose, but defines no service');
  drawParts(
    graph,
    parts,
    drawings.flatMap(({ links }) => links),
  );
  const title =
    projects.length === 1 && projects[0]!.folder !== ''
      ? projects[0]!.name
      : titleOf(first!.file, 'Compose project');
  const read = graph.read(COMPOSE.id, title);
  if (!read.ok) return faults.length > 0 ? { ok: false, faults } : read;
  return {
    ...read,
    ...(faults.length > 0 && { partial: faults }),
    ...(beside.used.size > 0 && { beside: [...beside.used] }),
  };
}

/** Parts and links under keys that no other project has. */
function drawingOf(project: Project, beside: Beside, missing: Set<string>): { parts: Part[]; links: Link[] } {
  const key = (name: string) => JSON.stringify([project.folder, name]);
  const shared = sharedMounts(project.services.values());
  const common = { project, beside, shared, missing };
  const services = [...project.services].map(([name, tree]) => serviceOf(name, tree, common));
  const resolve = resolverFor(services);
  const known = new Set(services.map(({ name }) => name));
  const stated = services.flatMap((service) =>
    statedBy(service).map((link) => {
      const [found] = known.has(link.target)
        ? [link.target]
        : resolve(null, { host: link.target.toLowerCase(), port: null, scheme: null });
      return found === undefined ? link : { ...link, target: found };
    }),
  );
  const parts = services.map((service): Part => {
    const { name, image, ports, instances, description, settings, aliases, hostname } = service;
    const isOnly =
      hostname !== undefined &&
      resolve(null, { host: hostname.toLowerCase(), port: null, scheme: null })[0] === name;
    return {
      ...{ key: key(name), name, image, ports, instances, description, settings },
      spot: spotOf(service.tree.where),
      group: project.name,
      names: [...new Set([...service.ownNames, ...aliases, ...(isOnly ? [hostname] : [])])],
      resolve: (host) => resolve(service, host).map(key),
    };
  });
  for (const [name, tree] of project.models) {
    if (known.has(name)) continue;
    known.add(name);
    parts.push({
      ...{ key: key(name), name, spot: spotOf(tree.where), group: project.name, ports: [], names: [] },
      ...{ description: `The model ${textOf(tree, 'model') ?? name}.`, settings: [], resolve: () => [] },
    });
  }
  for (const { target, spot } of stated)
    if (!known.has(target)) {
      known.add(target);
      parts.push(absentPart(key(target), target, spot, project.name));
    }
  const links = [...stated, ...proxied(services)];
  return {
    parts,
    links: links.map((link) => ({ ...link, source: key(link.source), target: key(link.target) })),
  };
}

export const COMPOSE: Format = {
  id: 'compose',
  name: 'Docker Compose',
  suffixes: ['.yml', '.yaml'],
  reads:
    'Services with their images, instances and settings, of one file or of several with .env, overrides, extends and include; edges from depends_on, links, labels for proxies, and the hosts that environment, commands and mounted configuration name; topics and queues that settings name.',
  recognises: isCompose,
  read: (opened, file, context) => readCompose([{ file, opened }], [], context),
  readMany: readCompose,
};
