/** What of the product is put to the test. */
export {
  rankSuspects,
  reasonSentence,
  type Suspect,
  type SuspectsInput,
  suspectName,
} from '../../src/analysis/index.ts';
export {
  type Board,
  boardSchema,
  type Distribution,
  type EdgeKind,
  emptyBoard,
  type Metric,
  type NodeKind,
  type Reading,
  type Snapshot,
  snapshotSchema,
} from '../../src/graph/index.ts';
