/** Prometheus, and a question to it in a few lines of its own, so that nothing of ours stands between a test and its answer. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RealPrograms } from '../../../../scripts/needs.ts';
import { type Kept, keepProgram, until } from '../keep.ts';
import { freePorts } from './ports.ts';

/** What Prometheus fetches metrics from, and the labels that it gives them. */
export interface Target {
  job: string;
  instance: string;
  port: number;
  path?: string;
}

/** Prometheus, fetching from each target every second. */
export async function startPrometheus(
  name: string,
  programs: RealPrograms,
  folder: string,
  targets: readonly Target[],
): Promise<Kept & { url: string; kill: () => Promise<void>; restart: () => Promise<void> }> {
  const home = join(folder, name);
  await mkdir(home);
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  // JSON is YAML.
  const config = {
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: Object.entries(Object.groupBy(targets, ({ job }) => job)).map(([job, of = []]) => ({
      job_name: job,
      metrics_path: of[0]?.path ?? '/metrics',
      static_configs: of.map(({ instance, port }) => ({
        targets: [`127.0.0.1:${port}`],
        labels: { instance },
      })),
    })),
  };
  await writeFile(join(home, 'prometheus.yml'), JSON.stringify(config));

  const run = async () => {
    const started = keepProgram({
      command: programs.prometheus,
      args: [
        `--config.file=${join(home, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(home, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=warn',
      ],
      log: join(home, 'prometheus.log'),
    });
    await until('Prometheus is ready', 30_000, async () => (await fetch(`${url}/-/ready`)).ok).catch(
      async (error) => {
        started.check();
        await started.stop();
        throw error;
      },
    );
    return started;
  };
  let running = await run();
  return {
    url,
    stop: () => running.stop(),
    kill: () => running.kill(),
    restart: async () => {
      running = await run();
    },
  };
}

export interface Sample {
  metric: Record<string, string>;
  value: number;
}

/** The vector that answers an instant query. Rejects with Prometheus' own words when it refuses. */
export async function ask(url: string, promql: string, time?: number): Promise<Sample[]> {
  const body = new URLSearchParams({ query: promql, ...(time !== undefined && { time: String(time) }) });
  const answer = await fetch(`${url}/api/v1/query`, { method: 'POST', body });
  const { status, data, error } = (await answer.json()) as {
    status: string;
    error?: string;
    data: { result: { metric: Record<string, string>; value: [number, string] }[] };
  };
  if (status !== 'success') throw new Error(`Prometheus: ${error}`);
  return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
}
