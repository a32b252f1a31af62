/** Which boundary parts stand in; a new one is drawn with Ctrl+G. */
import type { Id } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { SelectField } from '../ui/field.tsx';
import { editFields } from './edit.ts';

/** Shown where several parts stand in different groups. */
export const MIXED = '\u0000mixed';

export function GroupField({
  workspace,
  ids,
  value,
}: {
  workspace: Workspace;
  ids: readonly Id[];
  value: string;
}) {
  const groups = workspace.use((state) => state.board.groups);
  const known = Object.values(groups).map(({ id, name }) => [id, name || 'unnamed'] as const);
  if (known.length === 0) return null;
  const mixed = value === MIXED ? [[MIXED, 'mixed'] as const] : [];
  return (
    <SelectField
      label="Group"
      value={value}
      options={[...mixed, ['', 'none'] as const, ...known]}
      onChange={(group) => {
        if (group !== MIXED) editFields(workspace, 'nodes', ids, { group: group || undefined });
      }}
    />
  );
}
