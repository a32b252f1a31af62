/** What is lit, said on the canvas, and the way back to the whole board. */
import { ChevronRight, X } from 'lucide';
import type { Board, Id } from '../../graph/index.ts';
import { type Reach, runAction, type Spotlight, type Workspace } from '../../workspace/index.ts';
import { useFocusLeft } from '../ui/focus.ts';
import { Icon } from '../ui/icon.tsx';
import { FindBar } from './find-bar.tsx';
import './spotlight.css';

export function SpotlightBar({ workspace }: { workspace: Workspace }) {
  const spotlight = workspace.use((state) => state.session.spotlight);
  if (spotlight === null) return null;
  if (spotlight.type === 'find') return <FindBar workspace={workspace} search={spotlight} />;
  return spotlight.type === 'focus' ? (
    <FocusChip workspace={workspace} spotlight={spotlight} />
  ) : (
    <Breadcrumbs workspace={workspace} group={spotlight.group} />
  );
}

type FocusProps = { workspace: Workspace; spotlight: Spotlight & { type: 'focus' } };

function FocusChip({ workspace, spotlight }: FocusProps) {
  const words = workspace.use(({ board }) => focusWords(board, spotlight));
  const root = useFocusLeft<HTMLDivElement>(workspace);
  const end = () => runAction(workspace, 'view.all-lit');
  return (
    <div ref={root} className="panels island spotlight-bar" role="status">
      <span className="cut">{words}</span>
      <button
        type="button"
        className="icon-button small"
        aria-label="End the focus"
        title="End (Esc)"
        onClick={end}
      >
        <Icon of={X} size={14} />
      </button>
    </div>
  );
}

const REACH_WORDS: Record<Reach, string> = {
  1: '1 step',
  2: '2 steps',
  upstream: 'all upstream',
  downstream: 'all downstream',
};

/** `Focus: checkout, 2 steps`. */
function focusWords({ nodes }: Board, { nodes: ids, reach }: Spotlight & { type: 'focus' }): string {
  const [first] = ids;
  const name = first === undefined ? '' : nodes[first]?.name || 'unnamed';
  return `Focus: ${ids.length > 1 ? `${name} and ${ids.length - 1} more` : name}, ${REACH_WORDS[reach]}`;
}

/** `Board › shop`: the board is a way back. */
function Breadcrumbs({ workspace, group }: { workspace: Workspace; group: Id }) {
  const name = workspace.use((state) => state.board.groups[group]?.name || 'unnamed');
  const root = useFocusLeft<HTMLElement>(workspace);
  const presenting = workspace.use((state) => state.session.presenting);
  if (presenting) return null;
  return (
    <nav ref={root} className="panels island spotlight-bar" aria-label="Where you are on the board">
      <button
        type="button"
        className="link"
        title="Back (Esc)"
        onClick={() => runAction(workspace, 'view.all-lit')}
      >
        Board
      </button>
      <Icon of={ChevronRight} size={14} />
      <span className="cut" aria-current="location">
        {name}
      </span>
    </nav>
  );
}
