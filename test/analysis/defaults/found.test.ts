/** Configs of real systems, as raw names and values: whatever they set, the audit gets through and can say who told it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { audit, type NodeConfig, sentenceOf } from '../../../src/analysis/index.ts';

const DATA = join(import.meta.dirname, '../../../../shared/data');

/** What each service or container of a compose file or manifest sets: image, environment, `-c name=value`, `--name=value`. */
function configsOf(path: string, yaml: string): NodeConfig[] {
  const configs: NodeConfig[] = [];
  let current: NodeConfig = { system: '', values: {} };
  let name: string | null = null;
  for (const line of yaml.split('\n')) {
    const image = /^\s*(?:- )?image:\s*["']?([^"'\s]+)/.exec(line)?.[1];
    const env = /^\s*(?:- )?["']?([A-Z][A-Z0-9_]+)["']?\s*[:=]\s*["']?(.*?)["']?$/.exec(line);
    const listed = /^\s*- name:\s*["']?([^"'\s]+)/.exec(line)?.[1];
    const value = /^\s*value:\s*["']?(.*?)["']?$/.exec(line)?.[1];
    if (image) {
      // Kafka's own examples leave the image to whoever runs them.
      const system = image.startsWith('$') && path.includes('kafka') ? 'apache/kafka' : image;
      configs.push((current = { system, version: image, values: {} }));
    }
    if (env) current.values[env[1]!] = env[2]!;
    else if (listed) name = listed;
    else if (name && value !== undefined) current.values[name] = value;
    for (const [, flag, set] of line.matchAll(/(?:-c |--)([\w.-]+)=(\S+)/g)) current.values[flag!] = set!;
  }
  return configs;
}

const files = existsSync(DATA)
  ? readdirSync(DATA, { recursive: true, encoding: 'utf8' }).filter((path) => /\.ya?ml$/.test(path))
  : [];

test('configs of real systems are gone through, each finding with its source', (ctx) => {
  if (files.length === 0) return ctx.skip('configs of real systems left out: ../shared/data is not here');
  const configs = files.flatMap((path) => configsOf(path, readFileSync(join(DATA, path), 'utf8')));
  expect(configs.length).toBeGreaterThan(100);
  const found = configs.flatMap((config) => audit({ type: 'node', id: 'n' }, config));
  for (const each of found) {
    expect(sentenceOf(each, (id) => id)).not.toMatch(/undefined|NaN/);
    if ('source' in each) expect(each.source.url).toMatch(/^https:/);
  }
  expect(found).toContainEqual(
    expect.objectContaining({
      kind: 'deviates',
      name: 'KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS',
      text: '0',
      fallback: '3000',
    }),
  );
});
