/** What the sources tell of, asked when it is looked at, and again when they see something else. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Board, BoardNode, Id, UnboundNode } from '../../../graph/index.ts';
import type { SourceHealth, Workspace } from '../../../workspace/index.ts';
import type { View } from './rows.ts';

type Told = Awaited<ReturnType<Workspace['services']['seen']>>;
export type Views = {
  views: readonly View[];
  /** Names of sources that are being asked for the first time. */
  asking: readonly string[];
  /** A sentence for each that could not say. */
  problems: readonly string[];
  retry: () => void;
};

export function useViews(
  workspace: Workspace,
  configured: Board['sources'],
  health: Readonly<Record<Id, SourceHealth>>,
): Views {
  const [told, setTold] = useState<Readonly<Record<Id, Told>>>({});
  const [round, setRound] = useState(0);
  const [idOf] = useState(() => idsFor(workspace));
  const sources = useMemo(
    () => Object.values(configured).filter((source) => source.type !== 'simulator'),
    [configured],
  );
  // who is asked where, and what they see: when that changes they are asked again
  const asked = sources.map((source) => `${source.id} ${'url' in source ? source.url : ''}`).join('\n');
  const news = useNews(sources.flatMap(({ id }) => [health[id]?.unbound, health[id]?.unboundNodes]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked`, `news` and `round` say when, not what
  useEffect(() => {
    const controller = new AbortController();
    for (const { id } of sources)
      void workspace.services.seen(id, controller.signal).then((seen) => {
        if (!controller.signal.aborted) setTold((all) => ({ ...all, [id]: seen }));
      });
    return () => controller.abort();
  }, [workspace, asked, news, round]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `news` stands for what is taken of health
  const views = useMemo(
    () =>
      sources.flatMap((source): View[] => {
        const seen = told[source.id];
        const { unbound = [], unboundNodes = [] } = health[source.id] ?? {};
        if (!seen?.ok && unboundNodes.length === 0) return [];
        const graph = seen?.ok ? seen.graph : { nodes: {}, edges: {} };
        return [{ source, unbound, graph: withFigures(graph, unboundNodes, idOf) }];
      }),
    [sources, told, news, idOf],
  );
  return {
    views,
    asking: sources.filter(({ id }) => !told[id]).map(({ name }) => name),
    problems: sources.flatMap(({ id }) => {
      const seen = told[id];
      return seen && !seen.ok ? [seen.reason] : [];
    }),
    retry: useCallback(() => setRound((n) => n + 1), []),
  };
}

/** A number that goes up when one of the values is another than before. */
function useNews(values: readonly unknown[]): number {
  const [known, setKnown] = useState({ values, count: 0 });
  const same = known.values.length === values.length && values.every((each, i) => each === known.values[i]);
  if (same) return known.count;
  setKnown({ values, count: known.count + 1 });
  return known.count + 1;
}

/** One id for each name, as long as it is looked at. */
function idsFor({ newId }: Workspace): (name: string) => Id {
  const ids = new Map<string, Id>();
  return (name) => {
    const id = ids.get(name) ?? newId();
    ids.set(name, id);
    return id;
  };
}

/** Parts of which there are figures and no traffic are seen, too. */
function withFigures(
  graph: View['graph'],
  unboundNodes: readonly UnboundNode[],
  idOf: (name: string) => Id,
): View['graph'] {
  const named = new Set(Object.values(graph.nodes).map(({ name }) => name));
  const more = unboundNodes
    .filter(({ name }) => !named.has(name))
    .map(
      ({ name, kind }): BoardNode => ({ id: idOf(name), name, kind: kind ?? 'service', position: [0, 0] }),
    );
  if (more.length === 0) return graph;
  return { ...graph, nodes: { ...graph.nodes, ...Object.fromEntries(more.map((node) => [node.id, node])) } };
}
