/**
 * Traefik's log as it is by default (doc.traefik.io, access logs, format common): the combined one, then which request it
 * is, the router, the server and the whole ms that it took.
 */
import { requestLine } from './operation.ts';
import { match, type Pattern, patternOf } from './pattern.ts';
import { type Attempt, CUT, type Layout, outcomeOf, type Readers, shown } from './request.ts';

const LAYOUT =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" ' +
  '$count "$router" "$server" $took';

export function traefikLayout({ stamp, operation }: Readers): Layout<string> {
  const pattern = patternOf(LAYOUT) as Pattern;
  return {
    ...{ product: 'Traefik', name: 'Traefik’s common log', note: CUT },
    remark: 'Traefik’s common log names routers and no services: upstreams are called as their routers are',
    read(line) {
      const fields = match(pattern, line);
      if (!fields) return 'is not laid out like the others';
      const said = (name: string) => fields.get(name)!;
      const time = stamp(said('time_local'));
      if (!time) return `${shown(said('time_local'))} is no time`;
      if (!/^\d{1,3}$/.test(said('status'))) return `${shown(said('status'))} is no status`;
      if (!/^\d{1,12}ms$/.test(said('took'))) return `${shown(said('took'))} is no number of ms`;
      const [took, outcome] = [Number.parseInt(said('took'), 10), outcomeOf(Number(said('status')))];
      const server = said('server').replace(/^[a-z]+:\/\/|\/.*$/g, '');
      const attempts: Attempt[] = [];
      // Where no server was asked, Traefik answered by itself.
      if (server !== '-' && server !== '')
        attempts.push({
          ...{ upstream: upstreamName(said('router')), server },
          ...{ took: null, failed: outcome === 'failed' },
        });
      const asked = requestLine(said('request'));
      return {
        ...{ time, stamped: 'begin', proxy: null, took },
        operation: asked && operation(asked.method, asked.path),
        ...{ outcome, attempts },
      };
    },
  };
}

/** `catalog@docker` is the catalog that Docker told Traefik of; null where none is named. */
export function upstreamName(name: string | null): string | null {
  const bare = name?.replace(/@[\w-]+$/, '') ?? '';
  return bare === '' || bare === '-' ? null : bare;
}

/** What Traefik answers by itself: its dashboard, a ping, a redirect. */
export const isInternal = (name: string | null): boolean => name?.endsWith('@internal') ?? false;
