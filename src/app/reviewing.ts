/**
 * What files would do to a board that holds something already, before they do: shown until a person takes it or leaves it,
 * and worked out anew whenever the board changes under it.
 *
 *   what was read ─► who is who ─► merge ─► Patch ─► ghosts, panel ─► one undo step
 */
import {
  applyPatch,
  type Board,
  choicesFor,
  type Id,
  importGraph,
  isEmptyPatch,
  mergeGraph,
  type Patch,
  type Reading,
  type Requests,
  type Review,
  removeGone,
  reviewImport,
  squashPatches,
  subjectKey,
} from '../graph/index.ts';
import type { ImportReview, Workspace } from '../workspace/index.ts';
import { newId } from './ids.ts';

/** What was read of files, and what is to be said of it. */
export type Incoming = Pick<ImportReview, 'name' | 'leftOut' | 'remarks'> & {
  graph: Board;
  readings: readonly Reading[];
  requests?: Requests | undefined;
};

/** `nothing`: the board holds all of it. `left`, `alone`: a person wants none of it here. */
export type Answer =
  | ({ type: 'added' | 'nothing'; before: Board } & Plan)
  | { type: 'left' }
  | { type: 'alone' };

type Plan = { told: Review; patch: Patch };

function planFor(
  board: Board,
  { graph, readings, requests, leftOut }: Incoming,
  byHand: ReadonlyMap<Id, Id | null>,
  removing: boolean,
): Plan {
  const choices = new Map([...choicesFor(board, graph), ...byHand]);
  const merged = mergeGraph(board, graph, choices);
  const about = { byHand: new Set(byHand.keys()), merged, isWhole: !leftOut };
  const told = reviewImport(board, graph, choices, about);
  const added = importGraph(board, { graph, readings, requests, merged, newId });
  if (!removing) return { told, patch: added };
  const gone = removeGone(applyPatch(board, added).board, told);
  return { told, patch: squashPatches([added, gone]) };
}

/** Asks the person, unless nothing would change. */
export function review(workspace: Workspace, incoming: Incoming): Promise<Answer> {
  const { use } = workspace;
  use.getState().session.preview?.cancel();
  const { board: start, session } = use.getState();
  const first = planFor(start, incoming, new Map(), false);
  const { nodes, edges } = first.told.gone;
  if (isEmptyPatch(first.patch) && nodes.length + edges.length === 0)
    return Promise.resolve({ type: 'nothing', before: start, ...first });

  return new Promise((resolve) => {
    const byHand = new Map<Id, Id | null>();
    let removing = false;
    let of = start;

    const end = (answer: Answer) => {
      endWatch();
      const { panel } = use.getState().session;
      workspace.session({ preview: null, panel: { ...panel, open: panel.open && session.panel.open } });
      resolve(answer);
    };
    const leave = () => end({ type: 'left' });
    const show = (plan = planFor(of, incoming, byHand, removing)) => {
      const { patch, told } = plan;
      const apply = () => {
        endWatch();
        // the board first: between the two what is new would be gone for a frame
        workspace.run('import', patch);
        end({ type: 'added', before: of, ...plan });
      };
      const shown: ImportReview = {
        ...{
          name: incoming.name,
          graph: incoming.graph,
          leftOut: incoming.leftOut,
          remarks: incoming.remarks,
        },
        ...{ told, patch, removing, figures: subjectsOf(incoming.readings) },
        choose(node, as) {
          byHand.set(node, as);
          show();
        },
        setRemoving(next) {
          removing = next;
          show();
        },
        openAlone: () => end({ type: 'alone' }),
      };
      const text = `What ${incoming.name} would change is shown.`;
      workspace.session({ preview: { text, apply, cancel: leave, review: shown } });
    };
    const endWatch = use.subscribe(({ board, readOnly }) => {
      if (board.id !== start.id || readOnly !== null) return leave();
      if (board === of) return;
      of = board;
      for (const [node, as] of byHand) if (as !== null && !board.nodes[as]) byHand.delete(node);
      show();
    });
    workspace.session({ panel: { ...session.panel, open: true }, notice: null });
    show(first);
  });
}

const subjectsOf = (readings: readonly Reading[]): number =>
  new Set(readings.map(({ subject }) => subjectKey(subject))).size;
