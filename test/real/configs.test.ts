/**
 * Configuration of real systems: environments, images and commands of every service and container, ConfigMaps, .env and JSON
 * files. All of it is read and audited, and each default that a finding names is in the catalogue with who says so.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { audit, CATALOGUE, configOf, sentenceOf } from '../../src/analysis/index.ts';
import { type ReadConfig, readConfig } from '../../src/formats/index.ts';

const DATA = join(import.meta.dirname, '../../../shared/data');
const LARGEST = 300_000;

const files = existsSync(DATA)
  ? readdirSync(DATA, { recursive: true, encoding: 'utf8' }).filter(
      (path) =>
        /\.(?:ya?ml|json|env|conf|cfg|cnf|ini|properties)$|(?:^|\/)\.env/.test(path) &&
        statSync(join(DATA, path)).isFile() &&
        statSync(join(DATA, path)).size < LARGEST,
    )
  : [];

type Piece = {
  path: string;
  text: string /** What the file itself gives as an environment. */;
  env: Record<string, string>;
};
// biome-ignore lint/suspicious/noExplicitAny: other people's YAML
type Foreign = any;

/** A file, or in YAML each service and container of it, as they would be pasted. */
function piecesOf(path: string): Piece[] {
  const text = readFileSync(join(DATA, path), 'utf8');
  if (!/\.ya?ml$/.test(path)) return [{ path, text, env: {} }];
  const pieces = parseAllDocuments(text, { merge: true, logLevel: 'silent' }).flatMap((document) => {
    if (document.errors.length > 0) return [];
    const value: Foreign = document.toJS({ mapAsMap: false });
    const pods = [value?.spec?.template?.spec, value?.spec?.jobTemplate?.spec?.template?.spec, value?.spec];
    const started: Foreign[] = [
      ...Object.values(value?.services ?? {}),
      ...pods.flatMap((pod) => (Array.isArray(pod?.containers) ? pod.containers : [])),
    ];
    return started.filter((each) => each && typeof each === 'object');
  });
  if (pieces.length === 0) return [{ path, text, env: {} }];
  return pieces.map(({ image, command, args, entrypoint, environment, env }) => ({
    path,
    text: stringify(JSON.parse(JSON.stringify({ image, command, args, entrypoint, environment, env }))),
    env: environmentOf(environment ?? env),
  }));
}

/** Counted apart from the reader that is tested. */
function environmentOf(given: Foreign): Record<string, string> {
  if (!given) return {};
  if (!Array.isArray(given)) return given;
  const pairs = given.flatMap((each) => {
    if (typeof each === 'string') return each.includes('=') ? [each.split(/=(.*)/s).slice(0, 2)] : [];
    return typeof each?.value === 'string' ? [[each.name, each.value]] : [];
  });
  return Object.fromEntries(pairs);
}

const pieces = files.flatMap(piecesOf);
const read = pieces.map((piece): Piece & { read: ReadConfig } => ({
  ...piece,
  read: readConfig(piece.text, basename(piece.path)),
}));
const found = read.flatMap(({ read: each }) => audit({ type: 'node', id: 'n' }, configOf(each)));

const LEFT_OUT = 'configuration of real systems left out: ../shared/data is not here';

describe('configuration of real systems', () => {
  test('each piece is read, or refused with its line', (ctx) => {
    if (files.length === 0) return ctx.skip(LEFT_OUT);
    expect(read.length).toBeGreaterThan(400);
    for (const { path, text, read: each } of read)
      for (const { line, reason } of each.faults) {
        expect(line, path).toBeLessThanOrEqual(text.split('\n').length);
        expect(reason, path).not.toMatch(/undefined|NaN/);
      }
    const pasted = read.filter(({ path }) => /\.ya?ml$|\.env$/.test(path));
    const kept = pasted.filter(({ read: each }) => Object.keys(each.values).length > 0);
    expect(kept.length).toBeGreaterThan(200);
  });

  test('every variable of every environment is there, or left out as a secret', (ctx) => {
    if (files.length === 0) return ctx.skip(LEFT_OUT);
    let count = 0;
    for (const { path, env, read: each } of read)
      for (const [name, value] of Object.entries(env)) {
        // options for Java are taken apart
        if (/(^|\s)-(XX:|X|D)/.test(String(value))) continue;
        count++;
        const isThere = name in each.values || each.leftOut.some(({ key }) => key === name);
        expect(isThere, `${name} of ${path}`).toBe(true);
      }
    expect(count).toBeGreaterThan(500);
  });

  test('no password of theirs is kept', (ctx) => {
    if (files.length === 0) return ctx.skip(LEFT_OUT);
    for (const { path, env, read: each } of read)
      for (const [name, value] of Object.entries(env)) {
        if (!/PASSWORD$/.test(name) || !value || /^\$|^(?:yes|no|true|false)$|^\//i.test(value)) continue;
        expect(each.values[name], `${name} of ${path}`).toBeUndefined();
      }
    const all = JSON.stringify(read.map(({ read: { values } }) => values));
    expect(all).not.toMatch(/[a-z]:\/\/[^\s/"@]+:[^\s/"@]+@/);
  });

  test('each default that a finding names is in the catalogue, and who says so', (ctx) => {
    if (files.length === 0) return ctx.skip(LEFT_OUT);
    expect(found.length).toBeGreaterThan(20);
    for (const finding of found) {
      expect(sentenceOf(finding, (id) => id)).not.toMatch(/undefined|NaN/);
      if (!('source' in finding)) continue;
      const system = CATALOGUE.find(({ name }) => name === finding.system)!;
      const key = system.keys.find((each) => each.key === finding.key)!;
      const ranges = typeof key.defaults === 'string' ? [{ value: key.defaults }] : key.defaults;
      const range = ranges.find(({ value }) => value === finding.fallback)!;
      expect([system.source, key.source, 'source' in range && range.source]).toContainEqual(finding.source);
      expect(finding.source.url).toMatch(/^https:\/\//);
    }
  });

  test('what their makers changed is found: Kafka’s examples rebalance at once, DeathStarBench’s Redis gives up on nodes early', (ctx) => {
    if (files.length === 0) return ctx.skip(LEFT_OUT);
    expect(found).toContainEqual(
      expect.objectContaining({ key: 'group.initial.rebalance.delay.ms', text: '0', fallback: '3000' }),
    );
    expect(found).toContainEqual(
      expect.objectContaining({ key: 'cluster-node-timeout', text: '5000', fallback: '15000' }),
    );
  });
});
