/**
 * What nginx logs of a request, by the names of its variables → the request. Several upstreams may have been tried:
 * after a comma another server of the same group, after a colon one of the group that an internal redirect led to
 * (ngx_http_upstream_module, $upstream_addr).
 */
import type { Milliseconds } from '../../graph/index.ts';
import { requestLine } from './operation.ts';
import type { Fields } from './pattern.ts';
import {
  type Attempt,
  inMilliseconds,
  type Outcome,
  outcomeOf,
  type Readers,
  type Request,
  shown,
} from './request.ts';

/** Seconds with ms, or `-`. */
const TIME = /^\d{1,9}\.\d{3}$/;
const ADDRESS = /^(?:unix:\S+|\[[0-9a-f:.%]+\](?::\d+)?|[\w.-]+(?::\d+)?)$/i;

/** @returns a reason where the fields do not say what their names promise */
export function nginxRequest(fields: Fields, { stamp, operation }: Readers): Request | string {
  const written = fields.get('msec') ?? fields.get('time_iso8601') ?? fields.get('time_local');
  const time = written === undefined ? null : stamp(written);
  if (written !== undefined && time === null) return `${shown(written)} is no time`;
  const code = fields.get('status');
  if (code !== undefined && !/^\d{3}$/.test(code)) return `${shown(code)} is no status`;
  const status = Number(code ?? 200);
  const outcome = outcomeOf(status);
  const took = fields.get('request_time');
  if (took !== undefined && !TIME.test(took)) return `${shown(took)} is no time in seconds such as 0.123`;
  const attempts = attemptsOf(fields, outcome);
  if (typeof attempts === 'string') return attempts;
  const asked = askedIn(fields);
  return {
    ...{ time, stamped: 'end', proxy: null },
    took: took === undefined ? null : inMilliseconds(Number(took)),
    operation: asked && operation(asked.method, asked.path),
    ...{ outcome, attempts },
  };
}

function askedIn(fields: Fields) {
  const line = fields.get('request');
  if (line !== undefined) return requestLine(line);
  const [method, path] = [fields.get('request_method'), fields.get('request_uri') ?? fields.get('uri')];
  return method && path?.startsWith('/') ? { method, path } : null;
}

function attemptsOf(fields: Fields, outcome: Outcome): Attempt[] | string {
  const times = listIn(fields.get('upstream_response_time'));
  const wrong = times?.values.find((value) => value !== '-' && !TIME.test(value));
  if (wrong !== undefined) return `${shown(wrong)} is no time in seconds such as 0.123`;
  const servers = listIn(fields.get('upstream_addr'));
  const nowhere = servers?.values.find((value) => !ADDRESS.test(value));
  if (nowhere !== undefined) return `${shown(nowhere)} is no address`;
  const statuses = listIn(fields.get('upstream_status'));
  // What is logged of an attempt that was made is never all "-"; the surest first.
  const made = times ?? statuses ?? servers;
  if (!made) return [];
  const name = fields.get('proxy_upstream_name') ?? fields.get('proxy_host');
  const last = name && name !== '-' ? name : null;
  const lastGroup = made.ends.lastIndexOf('group') + 1;
  return made.values.flatMap((value, i): Attempt[] => {
    if (value === '-') return [];
    // The name is of the group that was asked last, and stands for the server where none of it could be.
    const upstream = i < lastGroup ? null : last;
    const server = servers?.values[i] ?? '-';
    const wasAsked = server !== upstream || /:\d+$/.test(server);
    const isLast = i === made.values.length - 1;
    return [
      {
        upstream,
        server: server === '-' || !wasAsked ? null : server,
        took: times && wasAsked ? inMilliseconds(Number(value)) : null,
        failed: failed(statuses?.values[i], {
          goesOn: made.ends[i] === 'attempt',
          failedAtLast: isLast && outcome === 'failed',
        }),
      },
    ];
  });
}

/** Another server of the group is only asked where one failed; of the last one the answer is what the client got. */
function failed(status: string | undefined, then: { goesOn: boolean; failedAtLast: boolean }): boolean {
  if (status !== undefined && status !== '-') return outcomeOf(Number(status)) === 'failed';
  return then.goesOn || then.failedAtLast;
}

/** `ends` is what each value stands at the end of: another server of the group was asked, or another group. */
type List = { values: readonly string[]; ends: ('attempt' | 'group' | 'list')[] };

function listIn(text: string | undefined): List | null {
  if (text === undefined) return null;
  const parts = text.split(/(, ?| : )/);
  const values = parts.filter((_, i) => i % 2 === 0).map((value) => value.trim() || '-');
  const ends = values.map((_, i) => {
    const separator = parts[2 * i + 1];
    return separator === undefined ? 'list' : separator === ' : ' ? 'group' : 'attempt';
  });
  return { values, ends };
}

/** No request is shorter than what it waited for, but for how the two were cut: so they have been taken for each other. */
export const contradicts = ({ took, attempts }: Request): boolean =>
  took !== null && attempts.some((attempt) => attempt.took !== null && attempt.took > took + SLACK);
const SLACK: Milliseconds = 2;
