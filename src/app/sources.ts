/**
 * Runs the sources that the board names: started when they appear, stopped when they go, told of new
 * settings. What was read from files is shown, too.
 *
 *   board.sources ─► Source ─► readings, health ─► workspace
 *   board.experiments ─► what is out of the simulated system
 */
import { type Board, type Id, partsOut, type SourceConfig, sameValue } from '../graph/index.ts';
import { createSource, type Simulator, type Source } from '../telemetry/index.ts';
import type { SimulatorFault, Workspace } from '../workspace/index.ts';
import type { Running } from './history.ts';
import { redraws } from './seen.ts';
import { surroundings } from './surroundings.ts';

export type SourceRunner = {
  setFault(fault: SimulatorFault | null): void;
  running: Running;
  stop(): void;
};

const isSimulator = (source: Source): source is Simulator => 'setFault' in source;

export function runSources(workspace: Workspace): SourceRunner {
  const running = new Map<Id, { config: SourceConfig; source: Source }>();
  let shown: { id: Id; snapshots: Board['snapshots'] } | null = null;
  const boardNow = () => workspace.use.getState().board;

  function start(config: SourceConfig): void {
    const source = createSource(config, surroundings);
    running.set(config.id, { config, source });
    if (isSimulator(source)) source.setOut(partsOut(boardNow()));
    source.start({
      board: boardNow,
      emit: (readings) => workspace.readings.put(readings),
      status: (health) => workspace.setHealth(config.id, health),
    });
  }

  function stopOne(id: Id): void {
    running.get(id)?.source.stop();
    running.delete(id);
    workspace.readings.clear(id);
    workspace.setHealth(id, null);
  }

  function follow(board: Board): void {
    if (shown?.id !== board.id) for (const id of [...running.keys()]) stopOne(id);
    for (const [id, { config, source }] of running) {
      const wanted = board.sources[id];
      if (!wanted || wanted.type !== config.type) stopOne(id);
      else if (!sameValue(wanted, config)) {
        running.set(id, { config: wanted, source });
        source.configure(wanted);
      }
    }
    for (const config of Object.values(board.sources)) if (!running.has(config.id)) start(config);
    if (shown?.id !== board.id || shown.snapshots !== board.snapshots) showImported(board);
    shown = { id: board.id, snapshots: board.snapshots };
  }

  /** Figures that came with the board: as old as they are, and said to be from a file. */
  function showImported(board: Board): void {
    const kept = new Set<string>();
    for (const snapshot of Object.values(board.snapshots)) {
      if (!snapshot.imported) continue;
      workspace.readings.put(snapshot.readings);
      for (const { provenance } of snapshot.readings) {
        if (kept.has(provenance.source)) continue;
        kept.add(provenance.source);
        const { source, label, simulated } = provenance;
        workspace.setHealth(source, {
          label,
          simulated,
          state: 'static',
          lastAnswer: snapshot.at,
          unbound: [],
        });
      }
    }
    for (const id of Object.keys(workspace.use.getState().health)) {
      if (!id.startsWith('file:') || kept.has(id)) continue;
      workspace.readings.clear(id);
      workspace.setHealth(id, null);
    }
  }

  const end = workspace.use.subscribe(({ board }, before) => {
    if (board === before.board) return;
    follow(board);
    if (board.experiments === before.board.experiments) return;
    for (const { source } of running.values()) if (isSimulator(source)) source.setOut(partsOut(board));
  });
  const endPatches = workspace.onPatch((patch) => {
    if (redraws(patch)) for (const { source } of running.values()) source.again?.();
  });
  follow(boardNow());

  return {
    setFault(fault) {
      for (const { source } of running.values()) if (isSimulator(source)) source.setFault(fault);
    },
    running,
    stop() {
      end();
      endPatches();
      for (const id of [...running.keys()]) stopOne(id);
    },
  };
}
