/**
 * HAProxy's HTTP log (option httplog; configuration manual, 8.2.3) and its TCP log (option tcplog; 8.2.2), with or
 * without what syslog puts before it.
 *
 *   client:port [accept date] frontend backend/server TR/Tw/Tc/Tr/Ta status bytes - - ---- conns queues {…} "request"
 *   client:port [accept date] frontend backend/server Tw/Tc/Tt bytes -- conns queues
 *
 * Ta is from the first byte of the request to the last of the answer. What the server took is Tc + Tr: to connect,
 * and until its answer had begun; waiting for a free place (Tw) is not part of it.
 */
import { requestLine } from './operation.ts';
import {
  type Attempt,
  CUT_TWICE,
  type Layout,
  type Outcome,
  outcomeOf,
  type Readers,
  type Request,
  shown,
} from './request.ts';

/** From the date on. */
const LINE =
  /\[([^\]]+)\] ([^\s/]+) ([^\s/]+)\/(\S+) (?:[^\s/]+ )?(?:-?\d{1,12}\/)(?:-?\d{1,12}\/)(-?\d{1,12})\/(-?\d{1,12})\/(\+?-?\d{1,12}) (-1|\d{1,3}) \+?\d+ \S+ \S+ ([A-Za-z-]{4}) [\d/+]+ \d+\/\d+ /y;
const TCP_LINE =
  /\[([^\]]+)\] ([^\s/]+) ([^\s/]+)\/(\S+) -?\d{1,12}\/-?\d{1,12}\/\+?-?\d{1,12} \+?\d+ ([A-Za-z-]{2}) [\d/+]+ \d+\/\d+/y;
const DATE = /\[\d\d\/[A-Z][a-z]{2}\/\d{4}:/;

export const haproxyLayout = (readers: Readers): Layout<string> => ({
  ...{ product: 'HAProxy', name: 'HAProxy’s HTTP log', note: CUT_TWICE },
  read(line) {
    const from = line.search(DATE);
    if (from <= 0) return 'is not laid out like the others';
    LINE.lastIndex = TCP_LINE.lastIndex = from;
    const found = LINE.exec(line);
    if (found) return requestOf(found, line.slice(LINE.lastIndex), readers);
    const session = TCP_LINE.exec(line);
    return session ? sessionOf(session, readers) : 'is not laid out like the others';
  },
});

/** A connection of TCP: how long it stood is no latency, and that the client ended it is nothing amiss. */
function sessionOf(found: RegExpExecArray, { stamp }: Readers): Request | string {
  const [, date, frontend, backend, server, ended] = found as string[];
  const time = stamp(date!);
  if (!time) return `${shown(date!)} is no time`;
  const failed = !/^[-Cc]/.test(ended!);
  const attempts: Attempt[] = [];
  if (!server!.startsWith('<')) attempts.push({ upstream: backend!, server: server!, took: null, failed });
  return {
    ...{ time, stamped: 'begin', proxy: frontend!.replace(/~$/, ''), took: null, operation: null },
    ...{ protocol: 'TCP', outcome: failed ? 'failed' : 'switched', attempts },
  };
}

function requestOf(found: RegExpExecArray, rest: string, { stamp, operation }: Readers): Request | string {
  const [, date, frontend, backend, server, connect, respond, active, status, ended] = found as string[];
  const time = stamp(date!);
  if (!time) return `${shown(date!)} is no time`;
  const outcome = outcomeIn(Number(status), ended!);
  const asked = requestLine(rest.slice(rest.lastIndexOf(' "') + 2, rest.lastIndexOf('"')));
  const attempts: Attempt[] = [];
  // In brackets stands what HAProxy did itself: <NOSRV>, <STATS>, <lua.x>.
  if (!server!.startsWith('<')) {
    const [c, r] = [Number(connect), Number(respond)];
    const took = c >= 0 && r >= 0 ? c + r : null;
    attempts.push({ upstream: backend!, server: server!, took, failed: outcome === 'failed' });
  }
  return {
    ...{ time, stamped: 'begin' },
    // A tilde marks a frontend that was reached by TLS.
    proxy: frontend!.replace(/~$/, ''),
    // With a plus (option logasap) it was written before the end, and with a minus there was none.
    took: /^\d/.test(active!) ? Number(active) : null,
    operation: asked && operation(asked.method, asked.path),
    ...{ outcome, attempts },
  };
}

/** The first letter says who ended it (8.5): C is the client, and without a status nothing was answered. */
function outcomeIn(status: number, ended: string): Outcome {
  if (status === -1) return /^c/i.test(ended) ? 'left' : 'failed';
  return outcomeOf(status);
}
