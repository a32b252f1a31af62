/** The suspicion on what is selected, decided in one click. */
import { markOn, type Subject } from '../../graph/index.ts';
import { runAction, type Workspace } from '../../workspace/index.ts';
import { Segmented } from '../ui/segmented.tsx';

const OPTIONS = [
  { value: 'none', label: 'No mark' },
  { value: 'suspected', label: 'Suspected', title: 'Suspected (M)' },
  { value: 'confirmed', label: 'Confirmed', title: 'Confirmed (Shift+M)' },
  { value: 'cleared', label: 'Cleared', title: 'Cleared (Alt+M)' },
] as const;

export function MarkRow({ workspace, subject }: { workspace: Workspace; subject: Subject }) {
  const mark = markOn({ marks: workspace.use((state) => state.board.marks) }, subject);
  const decide = (status: (typeof OPTIONS)[number]['value']) => {
    const { panel } = workspace.use.getState().session;
    runAction(workspace, status === 'none' ? 'mark.remove' : `mark.${status}`);
    // marking by key leads to the list of suspects; here the person is reading about the part itself
    workspace.session({ panel });
  };
  return (
    <div className="mark-row" data-status={mark?.status ?? 'none'}>
      <Segmented label="Mark" value={mark?.status ?? 'none'} options={OPTIONS} onChange={decide} />
      {mark?.hypothesis && <p className="hypothesis">{mark.hypothesis}</p>}
    </div>
  );
}
