/**
 * Keeps a route and a label place for every edge while the board changes.
 *
 *   board ─► update: what changed ─► queue ─► work: route, then label ─► routes, labels, version
 *
 * An edge is queued when it is new, when an end moved, when a card came into its way, or when a card that had
 * been in its way left. Until its turn it shows a provisional route if an end moved, its old one otherwise.
 */
import {
  type Board,
  type BoardEdge,
  type Id,
  type Milliseconds,
  nodeRect,
  type Point,
} from '../../graph/index.ts';
import { type Axis, boxOf, gapBetween, type Path, sideAt } from './box.ts';
import { routeBetween } from './choose.ts';
import { Labels, restingPlace } from './labels.ts';
import { Lanes } from './lanes.ts';
import { loopPath } from './loop.ts';
import { Obstacles } from './obstacles.ts';
import { ownPath } from './own.ts';
import { Ports } from './ports.ts';
import { quickPath } from './quick.ts';
import { SetMap } from './set-map.ts';
import { flowOf, type Span, wishesFor } from './wishes.ts';

export type Router = {
  /** Takes over the board: cheap, it only finds what to route again. @param wide labels wider than `PILL` */
  update(board: Pick<Board, 'nodes' | 'edges'>, wide?: ReadonlyMap<Id, number>): void;
  /** Routes queued edges for at most so long; true while some are left. */
  work(ms: Milliseconds): boolean;
  /** A route that has not changed stays the same array. */
  readonly routes: ReadonlyMap<Id, readonly Point[]>;
  /** Centres of the edges' labels. */
  readonly labels: ReadonlyMap<Id, Point>;
  /** Grows whenever a route or a label changed. */
  readonly version: number;
};

/** One edge as last seen. */
type Wire = {
  edge: BoardEdge;
  /** Its route once that is more than provisional: entered in the lanes and ports. */
  laid: Path | null;
  /** Cards that a shorter route would have to pass through. */
  blockers: readonly Id[];
};

/** When this share of all edges is queued the direction of the board's flow is asked for again. */
const MANY = 0.25;

export function createRouter(): Router {
  return new IncrementalRouter();
}

class IncrementalRouter implements Router {
  readonly routes = new Map<Id, Path>();
  readonly labels = new Map<Id, Point>();
  version = 0;

  #board: Pick<Board, 'nodes' | 'edges'> = { nodes: {}, edges: {} };
  readonly #obstacles = new Obstacles();
  readonly #lanes = new Lanes();
  readonly #ports = new Ports();
  readonly #pills = new Labels();
  readonly #wires = new Map<Id, Wire>();
  /** Edges by the nodes they join, and by the nodes in their way. */
  readonly #joined = new SetMap();
  readonly #blocked = new SetMap();
  readonly #queue = new Set<Id>();
  readonly #relabel = new Set<Id>();
  /** The queue in order, last first; null when it has to be ordered again. */
  #order: Id[] | null = null;
  #wishes = new Map<Id, [number, number]>();
  #flow: Axis = 0;
  #changed = false;

  update(board: Pick<Board, 'nodes' | 'edges'>, wide: ReadonlyMap<Id, number> = new Map()): void {
    const before = this.#board;
    this.#board = board;
    const { moved, gone } = this.#takeNodes(before.nodes, board.nodes);
    const adrift = this.#takeEdges(before.edges, board.edges);
    for (const id of gone) for (const edge of this.#blocked.get(id)) this.#enqueue(edge);
    for (const id of moved) {
      const box = this.#obstacles.boxes.get(id)!;
      for (const edge of this.#joined.get(id)) adrift.add(edge);
      for (const edge of this.#blocked.get(id)) this.#enqueue(edge);
      for (const edge of this.#lanes.crossing(box)) this.#enqueue(edge);
      for (const edge of this.#pills.under(box)) this.#relabel.add(edge);
    }
    for (const id of this.#pills.resize(wide)) if (this.#wires.get(id)?.laid) this.#relabel.add(id);
    for (const id of adrift) this.#setAdrift(this.#wires.get(id)!);
    this.#publish();
  }

  work(ms: Milliseconds): boolean {
    const until = performance.now() + ms;
    this.#order ??= this.#orderQueue();
    while (this.#order.length > 0) {
      const id = this.#order.pop()!;
      this.#queue.delete(id);
      this.#route(this.#wires.get(id)!);
      if (performance.now() >= until) break;
    }
    if (this.#queue.size === 0)
      for (const id of this.#relabel) {
        this.#placeLabel(id);
        this.#relabel.delete(id);
        if (performance.now() >= until) break;
      }
    this.#publish();
    return this.#queue.size > 0 || this.#relabel.size > 0;
  }

  #publish(): void {
    if (this.#changed) this.version++;
    this.#changed = false;
  }

  #takeNodes(before: Board['nodes'], now: Board['nodes']): { moved: Id[]; gone: Id[] } {
    const moved: Id[] = [];
    const gone: Id[] = [];
    if (before === now) return { moved, gone };
    for (const id in now) {
      const node = now[id]!;
      if (node === before[id]) continue;
      const box = boxOf(id, nodeRect(node));
      const known = this.#obstacles.boxes.get(id);
      if (known && samePoint(known.min, box.min) && samePoint(known.max, box.max)) continue;
      this.#obstacles.set(box);
      moved.push(id);
    }
    for (const id in before) {
      if (id in now) continue;
      this.#obstacles.delete(id);
      this.#ports.forget(id);
      gone.push(id);
    }
    return { moved, gone };
  }

  /** The edges that are new or join other nodes than before. */
  #takeEdges(before: Board['edges'], now: Board['edges']): Set<Id> {
    const adrift = new Set<Id>();
    if (before === now) return adrift;
    for (const id in before) if (!(id in now)) this.#forget(id);
    for (const id in now) {
      const edge = now[id]!;
      const wire = this.#wires.get(id);
      if (wire?.edge === edge) continue;
      if (wire && wire.edge.source === edge.source && wire.edge.target === edge.target) {
        if (wire.edge.route !== edge.route) this.#enqueue(id);
        wire.edge = edge;
        continue;
      }
      this.#forget(id);
      if (!this.#obstacles.boxes.has(edge.source) || !this.#obstacles.boxes.has(edge.target)) continue;
      this.#wires.set(id, { edge, laid: null, blockers: [] });
      this.#joined.add(edge.source, id);
      this.#joined.add(edge.target, id);
      adrift.add(id);
    }
    return adrift;
  }

  #forget(id: Id): void {
    const wire = this.#wires.get(id);
    if (!wire) return;
    this.#lift(wire);
    this.#wires.delete(id);
    this.#joined.delete(wire.edge.source, id);
    this.#joined.delete(wire.edge.target, id);
    this.#pills.remove(id);
    this.#relabel.delete(id);
    this.#queue.delete(id);
    this.#order = null;
    this.routes.delete(id);
    this.labels.delete(id);
    this.#changed = true;
  }

  #enqueue(id: Id): void {
    this.#queue.add(id);
    this.#order = null;
  }

  /** An end moved: what was laid is void, and something provisional is shown at once. */
  #setAdrift(wire: Wire): void {
    const { id } = wire.edge;
    this.#lift(wire);
    this.#enqueue(id);
    this.#relabel.delete(id);
    this.#pills.remove(id);
    const { source, target } = this.#span(wire);
    const path =
      source === target
        ? loopPath(source, 0)
        : (ownPath(wire.edge, source, target) ?? quickPath(source, target, this.#flow));
    this.#show(id, path);
    this.#showLabel(id, restingPlace(path));
  }

  #span({ edge }: Wire): Span {
    const source = this.#obstacles.boxes.get(edge.source)!;
    const target = this.#obstacles.boxes.get(edge.target)!;
    return { edge: edge.id, source, target };
  }

  /** Routes proposed by layout first, since they cannot give way; then short edges before long ones. */
  #orderQueue(): Id[] {
    const spans = [...this.#queue].map((id) => this.#span(this.#wires.get(id)!));
    if (spans.length > MANY * this.#wires.size) this.#flow = flowOf(spans);
    const rank = ({ edge, source, target }: Span): number =>
      ownPath(this.#wires.get(edge)!.edge, source, target)
        ? Number.NEGATIVE_INFINITY
        : gapBetween(source, target, 0) + gapBetween(source, target, 1);
    const ranked = spans.map((span) => ({ span, rank: rank(span) }));
    this.#wishes = wishesFor(
      ranked.filter(({ rank }) => rank !== Number.NEGATIVE_INFINITY).map(({ span }) => span),
      this.#flow,
    );
    return ranked
      .sort((a, b) => (a.rank === b.rank ? (a.span.edge < b.span.edge ? 1 : -1) : b.rank - a.rank))
      .map(({ span }) => span.edge);
  }

  #route(wire: Wire): void {
    const { id } = wire.edge;
    this.#lift(wire);
    const span = this.#span(wire);
    const { path, blockers } = this.#find(wire, span);
    wire.laid = path;
    wire.blockers = blockers;
    for (const node of blockers) this.#blocked.add(node, id);
    this.#lanes.add(id, path);
    const from = sideAt(span.source, path[0]!);
    const to = sideAt(span.target, path.at(-1)!);
    if (from) this.#ports.take(span.source.id, from, path[0]!, id);
    if (to) this.#ports.take(span.target.id, to, path.at(-1)!, id);
    this.#show(id, path);
    this.#placeLabel(id);
    this.#relabel.delete(id);
  }

  #find({ edge }: Wire, span: Span): { path: Path; blockers: Id[] } {
    const { source, target } = span;
    if (source === target) {
      const loops = [...this.#joined.get(source.id)].filter((id) => {
        const other = this.#wires.get(id)!.edge;
        return other.source === other.target;
      });
      return { path: loopPath(source, loops.indexOf(edge.id)), blockers: [] };
    }
    const own = ownPath(edge, source, target);
    const inTheWay = own ? this.#obstacles.passed(own, source, target) : [];
    if (own && inTheWay.length === 0) return { path: own, blockers: [] };
    const world = { obstacles: this.#obstacles, lanes: this.#lanes, ports: this.#ports };
    const wishes = this.#wishes.get(edge.id) ?? wishesFor([span], this.#flow).get(edge.id)!;
    const { path, blockers } = routeBetween(world, { source, target, wishes, flow: this.#flow });
    for (const box of inTheWay) blockers.add(box);
    return { path, blockers: [...blockers].map((box) => box.id) };
  }

  /** Takes an edge's route out of everything that others look at. */
  #lift(wire: Wire): void {
    const { id, source, target } = wire.edge;
    if (wire.laid) this.#lanes.remove(id, wire.laid);
    wire.laid = null;
    this.#ports.release(source, id);
    this.#ports.release(target, id);
    for (const node of wire.blockers) this.#blocked.delete(node, id);
    wire.blockers = [];
  }

  #placeLabel(id: Id): void {
    this.#showLabel(id, this.#pills.place(id, this.routes.get(id)!, this.#obstacles));
  }

  #show(id: Id, path: Path): void {
    const shown = this.routes.get(id);
    if (shown?.length === path.length && shown.every((point, i) => samePoint(point, path[i]!))) return;
    this.routes.set(id, path);
    this.#changed = true;
  }

  #showLabel(id: Id, point: Point): void {
    const shown = this.labels.get(id);
    if (shown && samePoint(shown, point)) return;
    this.labels.set(id, point);
    this.#changed = true;
  }
}

const samePoint = (a: Point, b: Point): boolean => a[0] === b[0] && a[1] === b[1];
