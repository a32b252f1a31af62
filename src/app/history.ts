/** Asks every running source what it remembers. Each may fail by itself: what the others know is still told. */
import type { EpochMs, Frame, Id, Reading, SourceConfig, Stretch } from '../graph/index.ts';
import type { Source } from '../telemetry/index.ts';
import type { Happened, History } from '../workspace/index.ts';

export type Running = ReadonlyMap<Id, { config: SourceConfig; source: Source }>;

const told = ({ name }: SourceConfig, reason: string) => `${name} ${reason.replace(/\.?$/, '.')}`;
const whyOf = (error: unknown) => `failed: ${error instanceof Error ? error.message : String(error)}`;

export async function historyOf(
  running: Running,
  stretch: Stretch,
  signal: AbortSignal,
  only?: ReadonlySet<string>,
): Promise<History> {
  const problems: string[] = [];
  const at = new Map<EpochMs, Reading[]>();
  for (let time = stretch.from; time <= stretch.to; time += stretch.step) at.set(time, []);
  const ask = async ({ config, source }: { config: SourceConfig; source: Source }) => {
    if (!source.history) return void problems.push(told(config, 'remembers nothing of the past'));
    const outcome = await source
      .history(stretch, signal, only)
      .catch((error) => ({ ok: false as const, reason: whyOf(error) }));
    if (!outcome.ok) return void problems.push(told(config, outcome.reason));
    for (const frame of outcome.value) at.get(frame.at)?.push(...frame.readings);
  };
  await Promise.all([...running.values()].map(ask));
  if (running.size === 0) problems.push('No source is connected that could remember the past.');
  const frames: Frame[] = [...at].map(([time, readings]) => ({ at: time, readings }));
  return { frames, problems };
}

export async function happenedIn(
  running: Running,
  from: EpochMs,
  to: EpochMs,
  signal: AbortSignal,
): Promise<Happened> {
  const problems: string[] = [];
  const events: Happened['events'][number][] = [];
  const ask = async ({ config, source }: { config: SourceConfig; source: Source }) => {
    const outcome = await source
      .events?.(from, to, signal)
      .catch((error) => ({ ok: false as const, reason: whyOf(error) }));
    if (!outcome) return;
    if (outcome.ok) events.push(...outcome.value);
    else problems.push(told(config, outcome.reason));
  };
  await Promise.all([...running.values()].map(ask));
  if (![...running.values()].some(({ source }) => source.events))
    problems.push('None of the sources knows of alerts: a Prometheus does.');
  return { events, problems };
}
