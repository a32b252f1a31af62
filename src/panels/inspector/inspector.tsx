/** What is selected is what the inspector speaks of. */
import { selectionSize, soleSubject, type Workspace } from '../../workspace/index.ts';
import { BoardFacts } from './board-facts.tsx';
import { EdgeFacts } from './edge-facts.tsx';
import { NodeFacts } from './node-facts.tsx';
import { GroupFacts, NoteFacts } from './other-facts.tsx';
import { SeveralFacts } from './several-facts.tsx';
import './inspector.css';

export function Inspector({ workspace }: { workspace: Workspace }) {
  const selection = workspace.use((state) => state.session.selection);
  const subject = soleSubject(selection);
  if (subject?.type === 'node') return <NodeFacts key={subject.id} workspace={workspace} id={subject.id} />;
  if (subject?.type === 'edge') return <EdgeFacts key={subject.id} workspace={workspace} id={subject.id} />;
  const size = selectionSize(selection);
  if (size === 0) return <BoardFacts workspace={workspace} />;
  const [group] = selection.groups;
  const [note] = selection.notes;
  if (size === 1 && group !== undefined) return <GroupFacts key={group} workspace={workspace} id={group} />;
  if (size === 1 && note !== undefined) return <NoteFacts key={note} workspace={workspace} id={note} />;
  return <SeveralFacts workspace={workspace} />;
}
