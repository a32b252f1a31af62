/** What a sketch would do, in words. */
import type { Patch } from '../../graph/index.ts';
import type { Sketch } from '../../workspace/index.ts';

const MOST_KINDS = 12;

/** The new parts that are no plain services, stated or understood from a name: to be seen before Enter. */
export const kindWords = ({ nodes }: Patch): { name: string; kind: string }[] =>
  Object.values(nodes?.added ?? {})
    .filter(({ kind }) => kind !== 'service')
    .slice(0, MOST_KINDS)
    .map(({ name, kind, technology }) => ({
      name,
      // of a part called redis it goes without saying that it is Redis
      kind: technology && technology.toLowerCase() !== name.toLowerCase() ? `${kind}, ${technology}` : kind,
    }));

const count = (records: object | undefined, one: string, many = `${one}s`): string[] => {
  const n = Object.keys(records ?? {}).length;
  return n === 0 ? [] : [`${n} ${n === 1 ? one : many}`];
};

export function sketchWords({ patch, faults }: Pick<Sketch, 'patch' | 'faults'>): {
  label: string;
  detail: string;
} {
  if (faults.length > 0)
    return { label: 'Not drawn until this can be read', detail: `${faults.length} to mend` };
  const added = [
    ...count(patch.nodes?.added, 'part'),
    ...count(patch.edges?.added, 'edge'),
    ...count(patch.groups?.added, 'group'),
    ...count(patch.marks?.added, 'mark'),
  ];
  const changed = count(
    { ...patch.nodes?.updated, ...patch.edges?.updated, ...patch.marks?.updated },
    'change',
  );
  const parts = [...added, ...changed];
  if (parts.length === 0) return { label: 'Nothing new: all of it is drawn', detail: '' };
  return { label: `Draw ${parts.join(', ')}`, detail: 'one undo step' };
}
