/** What actions need done outside of the workspace, and who does it. Whatever fails is told to the person. */
import { ACCEPT } from 'virtual:accept';
import { putSource, removeSource, type SourceConfig, squashPatches } from '../graph/index.ts';
import type { Direction } from '../layout/index.ts';
import { listForwards, tryQuery } from '../telemetry/index.ts';
import type { BroughtFile, Services, Workspace } from '../workspace/index.ts';
import { demoBoard, isDemo, newBoard } from './demo.ts';
import { happenedIn, historyOf } from './history.ts';
import { newId } from './ids.ts';
import type { Keeping } from './keeping.ts';
import type { LayoutService } from './layout-service.ts';
import { type Drawing, seenBy } from './seen.ts';
import type { SourceRunner } from './sources.ts';
import { surroundings } from './surroundings.ts';

export type Parts = {
  workspace: Workspace;
  keeping: Keeping;
  layout: LayoutService;
  sources: SourceRunner;
  drawing: Drawing;
};

const openerOf = ({ keeping, layout, workspace }: Pick<Parts, 'keeping' | 'layout' | 'workspace'>) => ({
  openNew: keeping.openNew,
  layOut: () => layout.layout(workspace, 'RIGHT'),
  arrange: layout.arrange,
});

export function createServices(parts: Parts): Services {
  /** Does it, and says what went wrong if something did. */
  const attempt = (work: (parts: Parts) => Promise<void> | void) => {
    void (async () => {
      try {
        await work(parts);
      } catch (error) {
        parts.workspace.session({ working: null });
        parts.workspace.notify(error instanceof Error ? error.message : String(error), 'error');
      }
    })();
  };
  const layOut = (direction: Direction) =>
    attempt(({ layout, workspace }) => layout.layout(workspace, direction));

  const importFiles = (files: readonly (File | BroughtFile)[], onto?: string) =>
    attempt(async ({ workspace, keeping, layout }) => {
      const brought = files.map((file) => ('file' in file ? file : { name: file.name, file }));
      const [only, ...others] = brought;
      if (only && others.length === 0) {
        const { takeConfigFile } = await import('./config.ts');
        if (await takeConfigFile(workspace, only, onto)) return;
      }
      const { importFiles: take } = await import('./import.ts');
      await take(workspace, brought, openerOf({ keeping, layout, workspace }));
    });

  return {
    layout: layOut,
    tidy: () => attempt(({ layout, workspace }) => layout.tidy(workspace)),
    openFiles() {
      const input = document.createElement('input');
      input.type = 'file';
      input.multiple = true;
      input.accept = ACCEPT;
      input.onchange = () => importFiles([...(input.files ?? [])]);
      input.click();
    },
    importFiles,
    openLinked: () =>
      attempt(async (all) => (await import('./linked.ts')).openLinked(all.workspace, openerOf(all))),
    recognise: async (text) => (await import('./import.ts')).recognise(parts.workspace, text),
    readConfig: async (...asked) => (await import('./config.ts')).readConfig(...asked),
    exportFile: (format, options) =>
      attempt(async ({ workspace }) => (await import('./export.ts')).exportFile(workspace, format, options)),
    copyPng: (options) =>
      attempt(async ({ workspace }) => (await import('./export.ts')).copyPng(workspace, options)),
    saveFile: (...asked) =>
      attempt(async ({ workspace }) => (await import('./download.ts')).saveFile(workspace, ...asked)),
    exporter: async () => (await import('./exporter.ts')).createExporter(parts.workspace),
    writeReport: (format) =>
      attempt(async ({ workspace }) => (await import('./report.ts')).writeReport(workspace, format)),
    newBoard: () => attempt(({ keeping }) => keeping.openNew(newBoard(newId()), null)),
    openDemo: () => attempt(({ keeping }) => keeping.openNew(demoBoard(newId()), null)),
    openBoard: (id) => attempt(({ keeping }) => keeping.openBoard(id)),
    removeBoard: (id) => attempt(({ keeping }) => keeping.removeBoard(id)),
    listBoards: () => parts.keeping.listBoards(),
    takeOver: () => attempt(({ keeping }) => keeping.takeOver()),
    connect: (source) => attempt((all) => connect(all, source)),
    disconnect: (id) =>
      attempt(({ workspace }) => void workspace.run('remove source', (board) => removeSource(board, { id }))),
    addUnbound: (id) =>
      attempt(async ({ workspace, drawing }) => {
        const source = workspace.use.getState().board.sources[id];
        if (source) await drawing.draw(source, 'aloud');
      }),
    seen: (id, signal) => seenBy(parts.workspace.use.getState().board.sources[id], signal),
    forwards: () => listForwards(surroundings),
    tryQuery: (source, query, signal) =>
      tryQuery(source, query, parts.workspace.use.getState().board, signal, surroundings),
    clipboard: (how) =>
      attempt(async ({ workspace }) => (await import('./clipboard.ts')).byMenu(workspace, how)),
    sketcher: async () => (await import('./sketcher.ts')).createSketcher(newId, () => Date.now()),
    history: (...asked) => historyOf(parts.sources.running, ...asked),
    happened: (...asked) => happenedIn(parts.sources.running, ...asked),
    setFault: (fault) => attempt(({ sources }) => sources.setFault(fault)),
  };
}

/**
 * Real figures take the simulator's place; on an empty board the source draws what it sees, now and as it comes. The demo is left
 * as it is: a real source gets a board of its own.
 */
async function connect({ workspace, drawing, keeping }: Parts, source: SourceConfig): Promise<void> {
  if (source.type !== 'simulator' && isDemo(workspace.use.getState().board))
    await keeping.openNew(newBoard(newId(), source.name), null);
  const { board } = workspace.use.getState();
  const simulators =
    source.type === 'simulator' ? [] : Object.values(board.sources).filter((s) => s.type === 'simulator');
  workspace.run('connect source', (current) =>
    squashPatches([
      ...simulators.map(({ id }) => removeSource(current, { id })),
      putSource(current, { source }),
    ]),
  );
  if (Object.keys(board.nodes).length > 0 || source.type === 'simulator') return;
  workspace.session({ drawing: source.id });
  // before the first span is sent there is nothing to be drawn, and that is as it should be
  await drawing.draw(source, source.type === 'pushed' ? 'quietly' : 'aloud');
}
