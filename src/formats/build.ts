/**
 * A graph in the making, for readers: parts, arrows and boundaries under the names that a file gives them, with fresh
 * ids, joined when they are named again, cut to what a board may hold, and told where they come from.
 *
 *   node(key) ─┐
 *   edge(…)   ─┼─► board(title) · read(format, title)
 *   group(key)─┘
 */
import {
  type Board,
  type BoardEdge,
  type BoardNode,
  type EdgeKind,
  edgeKindBetween,
  emptyBoard,
  type Fault,
  type Id,
  type NodeKind,
  type Origin,
  type Point,
  RESERVED_IDS,
  type Reading,
} from '../graph/index.ts';
import { type Read, refuse } from './format.ts';
import { MOST } from './limits.ts';

/** What a board's schema takes of each; the rest is cut off. */
const LONGEST = { name: 400, text: 20_000, at: 500, link: 2000 };
const MOST_NAMES = 50;
const MOST_OPERATIONS = 100;
const MOST_ORIGINS = 50;
const MOST_INSTANCES = 100_000;
/** Remarks listed one by one; the rest are counted. */
const MOST_LISTED = 30;

/** Where in the file a fact stands: "line 12", "services.web.depends_on.0"; `from` where it is another file's. */
export type Place = { how: Origin['how']; at?: string; from?: string };

export type NodeFacts = {
  /** What it is called, where that is not its key. */
  name?: string;
  kind?: NodeKind;
  technology?: string;
  /** Id of a group, as `group` answered it. */
  group?: Id;
  instances?: number;
  /** Other names that telemetry and other files may call it by. */
  names?: readonly string[];
  description?: string;
  /** Addresses for people; only http and https are kept. */
  links?: readonly string[];
  config?: { system: string; version?: string; values: Readonly<Record<string, string>> };
  position?: Point;
  origin?: Place;
};

export type EdgeFacts = {
  protocol?: string;
  /** What an arrow has written on it; kept as an operation. */
  label?: string;
  operations?: readonly string[];
  description?: string;
  links?: readonly string[];
  origin?: Place;
};

export type GraphInTheMaking = {
  /**
   * The part known by this key, made when it is new. Of a fact said twice the first stands; names, links, origins and
   * config values add up. Without a kind it is a service.
   */
  node(key: string, facts?: NodeFacts): Id;
  /** The part known by this key, if it has been made: for what must not be drawn out of nothing. */
  has(key: string): Id | undefined;
  /** True when somebody has said what kind it is. */
  hasKind(id: Id): boolean;
  /**
   * The one edge of this kind between two parts; null for what naturally runs between their kinds, which is also any
   * edge there already.
   */
  edge(source: Id, target: Id, kind: EdgeKind | null, facts?: EdgeFacts): Id;
  group(key: string, facts?: { name?: string; description?: string }): Id;
  /** Something that was mended or left out, in words. */
  remark(reason: string, path?: string): void;
  /** A record that can't be used, and why: it is left out, and the rest is taken only when the person agrees. */
  broken(reason: string, path?: string): void;
  board(title: string): Board;
  /** What the reader answers: refused when there are no parts, or more than can be drawn. */
  read(format: string, title: string, more?: { readings?: Reading[]; placed?: boolean }): Read;
};

const cut = (text: string, longest: number) =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
const short = (text: string) => cut(text.trim(), LONGEST.name);
const joined = <T>(
  old: readonly T[] | undefined,
  more: readonly T[],
  most: number,
  key = (item: T): unknown => item,
) => {
  const byKey = new Map((old ?? []).map((item) => [key(item), item]));
  for (const item of more) if (!byKey.has(key(item))) byKey.set(key(item), item);
  return [...byKey.values()].slice(0, most);
};
const linksIn = (links: readonly string[]) =>
  links.filter((link) => /^https?:\/\//i.test(link) && link.length <= LONGEST.link);

type DraftNode = Omit<BoardNode, 'kind'> & { kind?: NodeKind };
type DraftEdge = Omit<BoardEdge, 'kind'> & { kind: EdgeKind | null };

/** @param file its name, as origins will say it */
export function createGraph({ newId, file }: { newId(): Id; file: string }): GraphInTheMaking {
  const nodes = new Map<Id, DraftNode>();
  const edges = new Map<Id, DraftEdge>();
  const groups: Board['groups'] = {};
  const idOf = { node: new Map<string, Id>(), edge: new Map<string, Id[]>(), group: new Map<string, Id>() };
  const remarks: Fault[] = [];
  const broken: Fault[] = [];

  const originsOf = (old: Origin[] | undefined, { how, at, from = file }: Place): Origin[] =>
    joined(
      old,
      [{ how, from: short(from), ...(at !== undefined && { at: cut(at, LONGEST.at) }) }],
      MOST_ORIGINS,
      (origin) => JSON.stringify([origin.how, origin.from, origin.at]),
    );

  function tell(node: DraftNode, facts: NodeFacts): void {
    const { kind, technology, group, instances, names, description, links, config, position, origin } = facts;
    if (kind) node.kind ??= kind;
    if (technology?.trim()) node.technology ??= short(technology);
    if (group !== undefined) node.group ??= group;
    if (instances !== undefined && instances >= 0)
      node.instances ??= Math.min(Math.trunc(instances), MOST_INSTANCES);
    const besides = (names ?? []).map(short).filter((name) => name !== '' && name !== node.name);
    if (besides.length > 0) node.match = { names: joined(node.match?.names, besides, MOST_NAMES) };
    if (description?.trim()) node.description ??= cut(description.trim(), LONGEST.text);
    const addresses = linksIn(links ?? []);
    if (addresses.length > 0) node.links = joined(node.links, addresses, MOST_NAMES);
    if (config) node.config = configured(node.config, config);
    if (position) node.position = [...position];
    if (origin) node.origins = originsOf(node.origins, origin);
  }

  function carry(
    edge: DraftEdge,
    { protocol, label, operations, description, links, origin }: EdgeFacts,
  ): void {
    if (protocol?.trim()) edge.protocol ??= short(protocol);
    const carried = [...(label === undefined ? [] : [label]), ...(operations ?? [])]
      .map(short)
      .filter(Boolean);
    if (carried.length > 0)
      edge.operations = joined(
        edge.operations,
        carried.map((name) => ({ name })),
        MOST_OPERATIONS,
        ({ name }) => name,
      );
    if (description?.trim()) edge.description ??= cut(description.trim(), LONGEST.text);
    const addresses = linksIn(links ?? []);
    if (addresses.length > 0) edge.links = joined(edge.links, addresses, MOST_NAMES);
    if (origin) edge.origins = originsOf(edge.origins, origin);
  }

  function edgeBetween(source: Id, target: Id, kind: EdgeKind | null): DraftEdge {
    const key = JSON.stringify([source, target]);
    const known = (idOf.edge.get(key) ?? []).map((id) => edges.get(id)!);
    const same =
      known.find((edge) => edge.kind === kind || edge.kind === null) ??
      (kind === null ? known[0] : undefined);
    if (same) {
      same.kind ??= kind;
      return same;
    }
    const edge: DraftEdge = { id: newId(), source, target, kind };
    edges.set(edge.id, edge);
    idOf.edge.set(key, [...(idOf.edge.get(key) ?? []), edge.id]);
    return edge;
  }

  const board = (title: string): Board => {
    const whole: Board = { ...emptyBoard(newId(), short(title) || 'Imported'), groups };
    for (const { kind = 'service', ...node } of nodes.values()) whole.nodes[node.id] = { ...node, kind };
    for (const { kind, ...edge } of edges.values()) {
      const [from, to] = [whole.nodes[edge.source]!.kind, whole.nodes[edge.target]!.kind];
      whole.edges[edge.id] = { ...edge, kind: kind ?? edgeKindBetween(from, to) };
    }
    return whole;
  };

  return {
    node(key, facts = {}) {
      const id = idOf.node.get(key) ?? newId();
      let node = nodes.get(id);
      if (!node) {
        node = { id, name: short(facts.name ?? key) || short(key) || 'unnamed', position: [0, 0] };
        nodes.set(id, node);
        idOf.node.set(key, id);
      }
      tell(node, facts);
      return id;
    },
    has: (key) => idOf.node.get(key),
    hasKind: (id) => nodes.get(id)?.kind !== undefined,
    edge(source, target, kind, facts = {}) {
      const edge = edgeBetween(source, target, kind);
      carry(edge, facts);
      return edge.id;
    },
    group(key, { name = key, description } = {}) {
      const id = idOf.group.get(key) ?? newId();
      idOf.group.set(key, id);
      groups[id] ??= { id, name: short(name) || 'group' };
      if (description?.trim()) groups[id].description ??= cut(description.trim(), LONGEST.text);
      return id;
    },
    remark: (reason, path = '') => void remarks.push({ path, reason }),
    broken(reason, path = '') {
      const fault = { path, reason: `${reason}; left out` };
      remarks.push(fault);
      broken.push(fault);
    },
    board,
    read(format, title, { readings = [], placed } = {}) {
      const [first] = remarks;
      if (nodes.size === 0)
        return refuse(
          file,
          first?.path ?? '',
          first?.reason ?? 'names no part of a system that could be drawn',
        );
      if (nodes.size > MOST.nodes || edges.size > MOST.edges)
        return refuse(
          file,
          '',
          `names ${nodes.size} parts and ${edges.size} connections; up to ${MOST.nodes} and ${MOST.edges} can be drawn`,
        );
      const repairs = listed(remarks);
      const [example] = broken;
      return {
        ok: true,
        format,
        board: board(title),
        readings,
        repairs,
        whole: false,
        ...(placed && { placed }),
        ...(example && { lost: { count: broken.length, of: null, what: 'records', example } }),
      };
    },
  };
}

function configured(
  old: BoardNode['config'],
  { system, version, values }: NonNullable<NodeFacts['config']>,
): NonNullable<BoardNode['config']> {
  const entries = Object.entries(values).filter(([key]) => key !== '' && !RESERVED_IDS.has(key));
  const said = old?.version ?? (version === undefined ? undefined : short(version));
  return {
    system: old?.system ?? short(system),
    ...(said !== undefined && { version: said }),
    values: { ...Object.fromEntries(entries), ...old?.values },
  };
}

function listed(faults: readonly Fault[]): Fault[] {
  const shown = faults.slice(0, MOST_LISTED);
  const more = faults.length - shown.length;
  return more > 0 ? [...shown, { path: '', reason: `${more} more remarks of this kind` }] : shown;
}

/** What a stream is told of as, which names nothing. */
const NAMELESS: ReadonlySet<string> = new Set(['', '-', 'standard input']);

/** A board's title from its file's name: without folders and suffixes. */
export function titleOf(file: string, otherwise: string): string {
  const base = file.split(/[/\\]/).pop() ?? '';
  const bare = base
    .replace(/\.gz$/i, '')
    .replace(/\.[a-z][a-z0-9]{0,10}$/i, '')
    .trim();
  return NAMELESS.has(bare) ? otherwise : bare.slice(0, LONGEST.name);
}
