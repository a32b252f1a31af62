/** Addresses that callers name → ends of traffic. */
import type { NodeKind } from '../../../graph/index.ts';
import type { Labels } from '../answer.ts';
import type { End, Loose } from '../traffic.ts';
import type { Parts } from './parts.ts';
import { firstOf } from './promql.ts';

export type Address = { host: string; port: string };

/** Labels of the address that was called, by the present conventions and those before. */
export const ADDRESS = ['server.address', 'server.port', 'net.peer.name', 'net.peer.port'];

export function addressIn(labels: Labels): Address | null {
  const host = firstOf(labels, 'server_address', 'net_peer_name');
  return host === null ? null : { host, port: firstOf(labels, 'server_port', 'net_peer_port') ?? '' };
}

export const keyOf = ({ host, port }: Address): string => (port === '' ? host : `${host}:${port}`);

const NUMERIC = /^[\d.]+$|:/;
/** Not one machine but every machine: only the port tells what is there. */
const LOOPBACK = /^(?:127\.|localhost$|::1$|\[::1\]$)/i;
/** `catalog.shop.svc.cluster.local`: the service catalog of the namespace shop. */
const CLUSTER = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.|$)/i;

/** The surest first; the host alone says less where several things listen on one. */
export function namesOfAddress(address: Address): Required<Pick<End, 'names' | 'loose'>> {
  const key = keyOf(address);
  const { host } = address;
  if (key !== host && LOOPBACK.test(host)) return { names: [key], loose: [{ name: host, of: key }] };
  return { names: [...new Set([key, host])], loose: [] };
}

export function addressEnd(parts: Parts, address: Address, kind?: NodeKind): End {
  const key = keyOf(address);
  return parts(`address ${key}`, () => {
    const { host } = address;
    const inCluster = CLUSTER.exec(host);
    const isNumber = NUMERIC.test(host) || LOOPBACK.test(host);
    const { names, loose } = namesOfAddress(address);
    const service: Loose[] = inCluster
      ? [{ name: inCluster[1]!, of: `${inCluster[1]}.${inCluster[2]}` }]
      : [];
    const isNear = inCluster !== null || isNumber || !host.includes('.');
    return {
      names,
      loose: [...service, ...loose],
      kind: kind ?? (isNear ? 'service' : 'external'),
      ...(inCluster === null && { shown: isNumber ? key : host }),
    };
  });
}
