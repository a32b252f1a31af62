/** A service of a compose project → a part, and the connections that it states. */

import { type Beside, folderOf, pathFrom } from '../manifest/beside.ts';
import { shellWords } from '../manifest/command.ts';
import { commandSettings, type Link, ownNames, type Setting, spotOf } from '../manifest/part.ts';
import { entriesOf, isList, itemsOf, numberOf, type Tree, textOf, under } from '../manifest/tree.ts';
import { interpolate } from './interpolate.ts';
import { asMap } from './merge.ts';
import { configSettings, mountedSettings } from './mounts.ts';
import type { Project } from './project.ts';

export type Service = {
  name: string;
  tree: Tree;
  image: string | undefined;
  ports: number[];
  /** Ports of the host, by which it is reached from outside. */
  published: number[];
  instances: number | undefined;
  description: string | undefined;
  settings: Setting[];
  /** It alone has these: container names, aliases; what it calls itself. */
  aliases: string[];
  hostname: string | undefined;
  /** Fixed ones, on its networks. */
  addresses: string[];
  /** Whose network it shares: of `network_mode: service:vpn`, `vpn`. */
  within: string | undefined;
  ownNames: string[];
  /** Of links: what others are called here. */
  called: Map<string, string>;
};

/** What the services of a project have in common. */
export type Common = {
  project: Project;
  beside: Beside;
  /** Folders that several of them mount. */
  shared: ReadonlySet<string>;
  /** Files with their environment that are not here. */
  missing: Set<string>;
};

export function serviceOf(name: string, tree: Tree, common: Common): Service {
  const { project, beside, shared } = common;
  const started = [
    ...environmentOf(tree, common),
    ...['entrypoint', 'command'].flatMap((key) => commandOf(under(tree, key))),
  ];
  const settings = [
    ...started,
    ...mountedSettings(tree, started, shared, beside),
    ...configSettings(tree, project.configs, beside),
  ];
  const networks = [...entriesOf(under(tree, 'networks')).values()];
  const profiles = itemsOf(under(tree, 'profiles')).flatMap(({ value }) =>
    typeof value === 'string' ? value : [],
  );
  const ports = portsOf(tree);
  return {
    ...{ name, tree, settings },
    image: textOf(tree, 'image'),
    ports: ports.map(({ container }) => container),
    published: ports.flatMap(({ host }) => host ?? []),
    instances: numberOf(tree, 'deploy', 'replicas') ?? numberOf(tree, 'scale'),
    // one without a name is there always
    description:
      profiles.length > 0 && !profiles.includes('')
        ? `Only with the profile ${profiles.join(' or ')}.`
        : undefined,
    aliases: [
      ...networks.flatMap((network) =>
        itemsOf(under(network, 'aliases')).flatMap(({ value }) => String(value ?? '')),
      ),
      ...(textOf(tree, 'container_name') ?? '').split(/\s+/),
    ].filter((alias) => alias !== '' && alias !== name),
    hostname: textOf(tree, 'hostname'),
    addresses: networks.flatMap((network) =>
      ['ipv4_address', 'ipv6_address'].flatMap((key) => textOf(network, key) ?? []),
    ),
    within: /^service:(.+)$/.exec(textOf(tree, 'network_mode') ?? '')?.[1]?.trim(),
    ownNames: ownNames(settings),
    called: new Map(
      linksOf(tree).flatMap(({ target, alias }) =>
        alias === target ? [] : [[alias.toLowerCase(), target] as const],
      ),
    ),
  };
}

/** What a service depends on, links to, and which models it asks, by the names it has for it. */
export function statedBy({ name, tree }: Service): Link[] {
  const named = ['depends_on', 'models'].flatMap((key) => [
    ...asMap(under(tree, key) ?? { where: tree.where, value: null }),
  ]);
  return [
    ...named.map(([target, { where }]): Link => ({ source: name, target, spot: spotOf(where) })),
    ...linksOf(tree).map(({ target, where }): Link => ({ source: name, target, spot: spotOf(where) })),
  ];
}

/** `links` and `external_links`: `db`, `db:database`. */
function linksOf(tree: Tree): { target: string; alias: string; where: Tree['where'] }[] {
  return ['links', 'external_links'].flatMap((key) =>
    itemsOf(under(tree, key)).flatMap(({ value, where }) => {
      const [target = '', alias = target] = typeof value === 'string' ? value.trim().split(':') : [];
      return target === '' ? [] : [{ target, alias, where }];
    }),
  );
}

/** Of `env_file`, and over it of `environment`; a name without a value takes it from `.env`. */
function environmentOf(tree: Tree, { project: { variables }, beside, missing }: Common): Setting[] {
  const found = new Map<string, Setting>();
  const files = under(tree, 'env_file');
  for (const item of isList(files) ? itemsOf(files) : files ? [files] : []) {
    const path = typeof item.value === 'string' ? item.value : (textOf(item, 'path') ?? '');
    if (path === '') continue;
    const whole = pathFrom(folderOf(item.where.file), path);
    const before = new Map(variables);
    const lines = beside.environment(whole);
    if (!lines && textOf(item, 'required') !== 'false') missing.add(path);
    for (const { key, value, line } of lines ?? []) {
      const filled = interpolate(value, before, new Set());
      before.set(key, filled);
      found.set(key, { key, value: filled, spot: { file: whole, at: `line ${line}` } });
    }
  }
  for (const [key, { value, where }] of asMap(
    under(tree, 'environment') ?? { where: tree.where, value: null },
  )) {
    const given = value === null ? variables.get(key) : value;
    if (typeof given === 'string') found.set(key, { key, value: given, spot: spotOf(where) });
  }
  return [...found.values()];
}

function commandOf(tree: Tree | undefined): Setting[] {
  if (!tree) return [];
  const spot = spotOf(tree.where);
  const words =
    typeof tree.value === 'string'
      ? shellWords(tree.value).map((word) => ({ word, spot }))
      : itemsOf(tree).flatMap((item) =>
          typeof item.value === 'string' ? [{ word: item.value, spot: spotOf(item.where) }] : [],
        );
  return commandSettings(words);
}

/** `8080:80`, `127.0.0.1:8001:8001/tcp`, `3000-3005`, `{target: 80, published: 8080}`; and `expose`. */
function portsOf(tree: Tree): { host?: number; container: number }[] {
  return ['ports', 'expose'].flatMap((key) =>
    itemsOf(under(tree, key)).flatMap((item) => {
      if (typeof item.value !== 'string') {
        const [container, host] = [numberOf(item, 'target'), numberOf(item, 'published')];
        return container === undefined ? [] : [{ container, ...(host !== undefined && { host }) }];
      }
      const [, host, container] =
        /(?:^|:)(?:(\d+)(?:-\d+)?:)?(\d+)(?:-\d+)?(?:\/\w+)?$/.exec(item.value.trim()) ?? [];
      return container === undefined
        ? []
        : [{ container: Number(container), ...(host !== undefined && { host: Number(host) }) }];
    }),
  );
}
