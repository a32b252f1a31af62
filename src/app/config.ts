/** Configuration comes in: a file that is dropped onto a part, or a text that somebody pasted beside it. */
import { configOf, systemsOf } from '../analysis/index.ts';
import { type ReadConfig, readConfig } from '../formats/index.ts';
import { type BoardNode, type Id, sameSystem, takeConfig } from '../graph/index.ts';
import { type BroughtFile, select, soleSubject, type Workspace } from '../workspace/index.ts';

export { readConfig };

/** Nothing else goes by these names. */
const CONFIG_ONLY = /\.(?:properties|cnf|ini|conf|cfg)$|(?:^|[/.])env(?:\.[\w-]+)?$|(?:^|\/)jvm\.options$/i;
/** Of these one must look inside. */
const MAYBE = /\.(?:ya?ml|json|txt)$|(?:^|\/)[^./]+$/i;
/** Larger ones are no configuration, bytes. */
const LARGEST = 1_000_000;

/**
 * Gives a part the one file that was brought, if that is configuration: the part that it was dropped onto, or else the one that is
 * selected.
 * @returns false where it is none, or nobody's, and should be imported
 */
export async function takeConfigFile(
  workspace: Workspace,
  only: BroughtFile,
  onto: Id | undefined,
): Promise<boolean> {
  if (only.file.size > LARGEST) return false;
  const { board, session } = workspace.use.getState();
  const sole = soleSubject(session.selection);
  const isSure = CONFIG_ONLY.test(only.name);
  const id = onto ?? (isSure && sole?.type === 'node' ? sole.id : undefined);
  const node = id === undefined ? undefined : board.nodes[id];
  if (!node && /\.(?:properties|cnf|ini)$/i.test(only.name)) {
    const text = `${only.name} is configuration: drop it onto the part that has it, or select that part first.`;
    workspace.notify(text, 'error');
    return true;
  }
  if (!node || !(isSure || MAYBE.test(only.name))) return false;
  const read = readConfig(await only.file.text(), only.name);
  const config = configOf(read, node.technology);
  if (read.faults.length > 0) {
    if (!isSure) return false;
    const { line, reason } = read.faults[0]!;
    const lines = read.faults.map((fault) => `line ${fault.line}: ${fault.reason}`);
    const text = `${only.name}, line ${line}: ${reason}. Nothing has changed.`;
    workspace.notify(text, 'error', lines.length > 1 ? lines : undefined);
    return true;
  }
  if (!isSure && config.system === '') return false;
  give(workspace, node, read, config, `from ${only.name}`);
  return true;
}

/**
 * Gives the selected part what was pasted, if that is configuration of a system that is known.
 * @returns false where no part is selected, or the text is something else
 */
export function takeConfigText(workspace: Workspace, text: string): boolean {
  const { board, session } = workspace.use.getState();
  const sole = soleSubject(session.selection);
  const node = sole?.type === 'node' ? board.nodes[sole.id] : undefined;
  if (!node || text.length > LARGEST) return false;
  const read = readConfig(text);
  const config = configOf(read, node.technology);
  if (read.faults.length > 0 || systemsOf(config.system).length === 0) return false;
  give(workspace, node, read, config, 'pasted');
  return true;
}

type Config = ReturnType<typeof configOf>;

/** Settings of the system that is there take their place; of another they are added. */
function give(workspace: Workspace, node: BoardNode, read: ReadConfig, config: Config, how: string): void {
  const before = node.config;
  const add = before !== undefined && before.system !== '' && !sameSystem(before.system, config.system);
  workspace.run('take configuration', (now) => takeConfig(now, { id: node.id, read: config, add }));
  if (workspace.use.getState().readOnly !== null) return;
  workspace.session({ selection: select({ nodes: [node.id] }), panel: { open: true, tab: 'inspector' } });
  workspace.notify(...told(node.name, how, config.system, read));
}

function told(part: string, how: string, system: string, { values, leftOut }: ReadConfig) {
  const count = Object.keys(values).length;
  const of = system === '' ? '' : ` of ${system}`;
  const secrets =
    leftOut.length === 0 ? '' : ` ${leftOut.length} ${leftOut.length === 1 ? 'secret' : 'secrets'} left out.`;
  const text = `${part || 'unnamed'} has ${count} ${count === 1 ? 'setting' : 'settings'}${of} ${how}.${secrets}`;
  const lines = leftOut.map(({ key, line, what }) =>
    what === 'secret' ? `line ${line}: ${key}` : `line ${line}: the credentials in ${key}`,
  );
  return [text, 'info', lines.length > 0 ? lines : undefined] as const;
}
