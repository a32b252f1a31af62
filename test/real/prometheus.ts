/** A real Prometheus that scrapes what a test counts, and what it says itself. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PLACE = process.env.PROMETHEUS_BIN ?? '/usr/bin/prometheus';
/** Where it is; null where there is none on this machine. */
export const PROMETHEUS = existsSync(PLACE) ? PLACE : null;

export const listen = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Scrapes every second.
 * @param jobs ports by the name of the job
 * @param rules a file of rules, as text
 */
export async function runPrometheus(jobs: Record<string, number>, rules?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'chalkline-prometheus-'));
  const file = join(folder, 'prometheus.yml');
  const scrapes = Object.entries(jobs).map(
    ([job, port]) =>
      `{job_name: ${job}, honor_labels: true, static_configs: [{targets: ['127.0.0.1:${port}']}]}`,
  );
  if (rules !== undefined) await writeFile(join(folder, 'rules.yml'), rules);
  const global = 'global: {scrape_interval: 1s, evaluation_interval: 1s}';
  const ruleFiles = rules === undefined ? '' : 'rule_files: [rules.yml]\n';
  await writeFile(file, `${global}\n${ruleFiles}scrape_configs: [${scrapes.join(', ')}]\n`);
  const port = await freePort();
  const process = spawn(
    PLACE,
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    { stdio: 'ignore' },
  );
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      if (process.exitCode === null) {
        const ended = new Promise((resolve) => process.once('exit', resolve));
        process.kill();
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function waitFor<T>(what: string, look: () => Promise<T | null>, seconds: number): Promise<T> {
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    const found = await look().catch(() => null);
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`waited ${seconds} s in vain for ${what}`);
}

/** Prometheus' own answer, by what `keyOf` makes of the labels. */
export async function own(
  url: string,
  query: string,
  at: number,
  keyOf: (labels: Record<string, string>) => string,
): Promise<Map<string, number>> {
  const search = new URLSearchParams({ query, time: (at / 1000).toFixed(3) });
  const response = await fetch(`${url}/api/v1/query?${search}`);
  const body = (await response.json()) as {
    error?: string;
    data: { result: { metric: Record<string, string>; value: [number, string] }[] };
  };
  if (body.error) throw new Error(`${body.error}: ${query}`);
  return new Map(body.data.result.map(({ metric, value }) => [keyOf(metric), Number(value[1])]));
}

/** Serves what was counted in one second, times the seconds that it runs; lines with "gauge:" as they are. */
export function counting(text: string): Server {
  const started = Date.now();
  return createServer((_, response) => {
    const seconds = (Date.now() - started) / 1000;
    response.end(
      text.replace(/^(.*\}) (gauge:)?(\S+)$/gm, (_, series, gauge, value) =>
        gauge ? `${series} ${value}` : `${series} ${Number(value) * seconds}`,
      ),
    );
  });
}
