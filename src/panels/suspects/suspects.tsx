/** Who could be the cause: what figures, configuration, experiments and people speak of, ranked; and what people marked. */
import type { Workspace } from '../../workspace/index.ts';
import { ConfigFindings } from '../config/findings.tsx';
import { Marks } from './marks.tsx';
import { Ranking } from './ranking.tsx';
import './suspects.css';

export default function Suspects({ workspace }: { workspace: Workspace }) {
  return (
    <>
      <Ranking workspace={workspace} />
      <Marks workspace={workspace} />
      <ConfigFindings workspace={workspace} />
    </>
  );
}
