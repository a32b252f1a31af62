/** Commands on how telemetry's names and the board's parts belong together. Only what a person says is written down. */
import { normaliseName } from '../binding.ts';
import type { Id } from '../fields.ts';
import { type Patch, squashPatches } from '../patch.ts';
import type { Board, BoardNode } from '../schema.ts';
import type { SourceConfig } from '../source-config.ts';
import { setFields } from './nodes.ts';

/** From now on these names mean this part, and no other that they were listed for. */
export function bindNames(board: Board, { node, names }: { node: Id; names: readonly string[] }): Patch {
  const taken = new Set(names.map(normaliseName));
  const others = Object.values(board.nodes).filter(({ id }) => id !== node);
  const list = (id: Id, to: readonly string[]) =>
    setFields(board, {
      collection: 'nodes',
      ids: [id],
      fields: { match: to.length > 0 ? { names: [...to] } : undefined },
    });
  const given = others.flatMap((other) => {
    const left = listed(other).filter((name) => !taken.has(normaliseName(name)));
    return left.length === listed(other).length ? [] : [list(other.id, left)];
  });
  const target = board.nodes[node];
  if (!target) return {};
  return squashPatches([...given, list(node, [...new Set([...listed(target), ...names])])]);
}

const listed = ({ match }: BoardNode): readonly string[] => match?.names ?? [];

/** Names that a source tells of and the board is not about, as they are kept in the source's settings. */
export const ignoredBy = (source: SourceConfig): readonly string[] =>
  'ignored' in source ? (source.ignored ?? []) : [];

/** Sets names aside for some sources, or takes them up again. */
export function setIgnored(
  board: Board,
  args: { sources: readonly Id[]; names: readonly string[]; ignored: boolean },
): Patch {
  const meant = new Set(args.names.map(normaliseName));
  return squashPatches(
    args.sources.flatMap((id): Patch[] => {
      const source = board.sources[id];
      if (!source || source.type === 'simulator') return [];
      const kept = ignoredBy(source).filter((name) => !meant.has(normaliseName(name)));
      const next = args.ignored ? [...kept, ...args.names] : kept;
      const { ignored: _, ...rest } = source;
      const to: SourceConfig = next.length > 0 ? { ...rest, ignored: next } : rest;
      return [{ sources: { updated: { [id]: [source, to] } } }];
    }),
  );
}
