/**
 * What is forwarded to, as it is written down (docs/server.md). Read once, when the server starts; whatever is wrong
 * stops it, with the place and the reason, and without a word of what stands there: it may be a secret.
 */
import { readFile } from 'node:fs/promises';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as z from 'zod/mini';
import { lineAndColumn, parseJson } from '../../formats/index.ts';
import { type Fault, faultsOf } from '../../graph/index.ts';
import { addressFault } from './address.ts';
import { API_NAMES, type Api } from './apis.ts';
import { MOST, TIMES } from './limits.ts';

export interface Header {
  name: string;
  /** Read anew for each question: tokens in files are replaced while the server runs. */
  value: () => Promise<string>;
  /** Never to be seen in an answer. */
  isSecret: boolean;
}

export interface Target {
  name: string;
  api: Api;
  url: URL;
  headers: readonly Header[];
  timeout: number;
  mostBytes: number;
  atOnce: number;
}

const text = z.string().check(z.minLength(1), z.maxLength(10_000));
const valueSchema = z.union(
  [
    text,
    z.strictObject({ env: text, prefix: z.optional(text) }),
    z.strictObject({ file: text, prefix: z.optional(text) }),
  ],
  { error: 'must be text, {"env": name} or {"file": path}, the latter two with or without a "prefix"' },
);
type Value = z.infer<typeof valueSchema>;

const targetSchema = z.strictObject({
  type: z.enum(API_NAMES),
  url: text,
  headers: z.optional(z.record(z.string(), valueSchema)),
  /** Milliseconds until an answer begins. */
  timeout: z.optional(z.int().check(z.minimum(100), z.maximum(TIMES.whole))),
  mostBytes: z.optional(z.int().check(z.minimum(1000), z.maximum(1_000_000_000))),
  atOnce: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
});
const targetsSchema = z.record(z.string(), targetSchema);
const fileSchema = z.strictObject({ forward: z.optional(targetsSchema) });

/** As the page writes it: `forward:NAME`. */
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** Said by us, by the connection, or by nobody. */
const OURS =
  /^(?:host|accept|accept-encoding|content-.*|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect)$/i;
const CREDENTIAL = /auth|cookie|token|key|secret|password/i;
/** Tells whose data it is, not who may see it; and it stands in the data, where it must be left alone. */
const TENANT = /^x-scope-orgid$/i;

/** The targets in the file that CHALKLINE_CONFIG names and in CHALKLINE_FORWARD. Rejects for what is wrong with them. */
export async function readTargets(env: NodeJS.ProcessEnv): Promise<Target[]> {
  const { CHALKLINE_CONFIG: file, CHALKLINE_FORWARD: given } = env;
  const targets: Target[] = [];
  if (file) {
    const { forward = {} } = checked(fileSchema, await textIn(file, `CHALKLINE_CONFIG: ${file}`), file);
    targets.push(...(await targetsOf(forward, env, file, 'forward.')));
  }
  if (given) {
    const forward = checked(targetsSchema, given, 'CHALKLINE_FORWARD');
    targets.push(...(await targetsOf(forward, env, 'CHALKLINE_FORWARD', '')));
  }
  const twice = targets.find(({ name }, i) => targets.findIndex((other) => other.name === name) < i);
  if (twice) throw faulty('CHALKLINE_FORWARD', { path: twice.name, reason: `stands in ${file}, too` });
  return targets;
}

const faulty = (where: string, { path, reason }: Fault): Error =>
  new Error(`${where}${path === '' ? '' : `, at ${path}`}: ${reason}.`);

async function textIn(file: string, called: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new Error(`${called} can’t be read: ${code === 'ENOENT' ? 'there is no such file' : code}.`);
  }
}

function checked<Schema extends z.ZodMiniType>(schema: Schema, json: string, where: string): z.infer<Schema> {
  const read = parseJson(json);
  if (!read.ok) throw faulty(where, { path: lineAndColumn(json, read.at), reason: read.reason });
  const parsed = schema.safeParse(read.value);
  if (parsed.success) return parsed.data;
  throw faulty(where, faultsOf(parsed.error)[0]!);
}

async function targetsOf(
  forward: z.infer<typeof targetsSchema>,
  env: NodeJS.ProcessEnv,
  where: string,
  under: string,
): Promise<Target[]> {
  const targets: Target[] = [];
  for (const [name, written] of Object.entries(forward)) {
    const fail = (path: string, reason: string) =>
      faulty(where, { path: `${under}${name}${path && `.${path}`}`, reason });
    if (!NAME.test(name)) throw fail('', 'a name is made of a to z, 0 to 9 and -');
    const { type, url, headers = {}, ...limits } = written;
    const fault = addressFault(url);
    if (fault) throw fail('url', fault);
    targets.push({
      ...{ name, api: type, url: new URL(url) },
      headers: await Promise.all(
        Object.entries(headers).map(([header, value]) =>
          headerOf(header, value, env, (reason) => fail(`headers.${header}`, reason)),
        ),
      ),
      timeout: limits.timeout ?? TIMES.answer,
      mostBytes: limits.mostBytes ?? MOST.answer,
      atOnce: limits.atOnce ?? MOST.atOnce,
    });
  }
  return targets;
}

async function headerOf(
  name: string,
  written: Value,
  env: NodeJS.ProcessEnv,
  fail: (reason: string) => Error,
): Promise<Header> {
  try {
    validateHeaderName(name);
  } catch {
    throw fail('is no name of a header');
  }
  if (OURS.test(name)) throw fail('can’t be set: it belongs to the connection or the question');
  const value = async (): Promise<string> => {
    if (typeof written === 'string') return written;
    const { prefix = '' } = written;
    if ('file' in written) return prefix + (await textIn(written.file, written.file)).trim();
    return prefix + (env[written.env] ?? '').trim();
  };
  let first: string;
  try {
    first = await value();
  } catch (error) {
    throw fail((error as Error).message.replace(/\.$/, ''));
  }
  const prefix = typeof written === 'string' ? '' : (written.prefix ?? '');
  if (first === prefix)
    throw fail(
      typeof written === 'string' || 'file' in written ? 'the file is empty' : `${written.env} is not set`,
    );
  try {
    validateHeaderValue(name, first);
  } catch {
    throw fail('holds what no header can hold, such as a line break');
  }
  const isSecret = CREDENTIAL.test(name) || (typeof written !== 'string' && !TENANT.test(name));
  return { name, value, isSecret };
}
