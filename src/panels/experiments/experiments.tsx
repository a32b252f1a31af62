/** Divide and conquer: one part is taken out at a time, and measured, until one is left. */
import { FileText } from 'lucide';
import { useState } from 'react';
import { THRESHOLD } from '../../analysis/index.ts';
import type { Symptom } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { BeliefList } from './belief-list.tsx';
import { Current, currentOf } from './current.tsx';
import { Log } from './log.tsx';
import { type Draft, Planning } from './planning.tsx';
import { SymptomChoice } from './symptom-choice.tsx';
import { useInvestigation } from './use-investigation.ts';
import { WhatIf } from './what-if.tsx';
import './experiments.css';

export default function Experiments({ workspace }: { workspace: Workspace }) {
  const [chosen, setChosen] = useState<Symptom | null>(null);
  const [threshold, setThreshold] = useState(THRESHOLD);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [found, look] = useInvestigation(workspace, chosen, threshold);
  const experiments = workspace.use((state) => state.board.experiments);
  const current = currentOf(experiments);
  if (!found)
    return (
      <div className="empty-tab">
        <h3>Nothing to measure yet</h3>
        <p>
          An experiment takes one part out and looks whether the symptom goes. It needs figures where requests
          come in: connect a source, and take a baseline while all is well.
        </p>
      </div>
    );
  return (
    <div className="experiments">
      <SymptomChoice workspace={workspace} found={found} onChoose={setChosen} onLook={look} />
      {current ? (
        <Current workspace={workspace} experiment={current} found={found} />
      ) : (
        <Planning workspace={workspace} found={found} draft={draft} onDraft={setDraft} />
      )}
      <BeliefList workspace={workspace} beliefs={found.beliefs} onThreshold={setThreshold} />
      <WhatIf workspace={workspace} found={found} onTry={setDraft} canTry={!current} />
      <Log workspace={workspace} found={found} />
      <p className="buttons">
        <ActionButton workspace={workspace} id="file.report" icon={FileText}>
          Write the report
        </ActionButton>
      </p>
    </div>
  );
}
