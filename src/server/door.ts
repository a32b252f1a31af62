/**
 * Who may ask for what is not public (docs/decisions/foreign-pages.md): pages that came from this server, and programs
 * that are no browser. A page from elsewhere gives itself away by its Origin or Sec-Fetch-Site; a page whose name
 * was pointed at this machine (DNS rebinding), by a Host that nobody here answers to.
 */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

export interface Refusal {
  status: number;
  reason: string;
}

export interface Door {
  /** Why this request may not read or write what is not public; null when it may. */
  refusal: (request: IncomingMessage) => Refusal | null;
}

/** @param hosts names with a dot that the server answers to, such as `board.example` */
export function createDoor(hosts: readonly string[] = []): Door {
  const names = new Set(hosts.map((host) => host.toLowerCase()));
  return {
    refusal({ headers: { host = '', origin, 'sec-fetch-site': site } }) {
      if (!isOwn(hostnameOf(host), names))
        return {
          status: 421,
          reason: `This server does not answer as ${JSON.stringify(host.slice(0, 100))}. If that is a name of its own, say so in CHALKLINE_HOSTS.`,
        };
      const foreign = origin !== undefined && hostOf(origin) !== host.toLowerCase();
      if (foreign || site === 'cross-site' || site === 'same-site')
        return { status: 403, reason: 'Pages from elsewhere may not ask this.' };
      return null;
    },
  };
}

/** True for what a browser sends: it names the page's origin with every request that is not a plain reading. */
export const isFromPage = ({ headers }: IncomingMessage): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;

/**
 * An address can't be rebound, and neither can a name without a dot: no stranger can own it. Any other name must
 * have been given.
 */
function isOwn(hostname: string, names: ReadonlySet<string>): boolean {
  if (hostname === '') return false;
  return isIP(hostname) !== 0 || !hostname.includes('.') || names.has(hostname);
}

/** `[::1]:4747` → `::1` */
function hostnameOf(host: string): string {
  const [, inBrackets, plain] = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d+)?$/i.exec(host) ?? [];
  return (inBrackets ?? plain ?? '').toLowerCase();
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);
