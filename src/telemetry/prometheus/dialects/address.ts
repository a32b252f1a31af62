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

/** From the surest: with the port, then without. */
export const namesOfAddress = (address: Address): string[] => [...new Set([keyOf(address), address.host])];

const NUMERIC = /^[\d.]+$|:/;
/** `catalog.shop.svc.cluster.local`: the service catalog of the namespace shop. */
const CLUSTER = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.|$)/i;

export function addressEnd(parts: Parts, address: Address, kind?: NodeKind): End {
  const key = keyOf(address);
  return parts(`address ${key}`, () => {
    const { host } = address;
    const inCluster = CLUSTER.exec(host);
    const loose: Loose[] = inCluster ? [{ name: inCluster[1]!, of: `${inCluster[1]}.${inCluster[2]}` }] : [];
    const isNear = inCluster !== null || NUMERIC.test(host) || !host.includes('.');
    return {
      names: namesOfAddress(address),
      loose,
      kind: kind ?? (isNear ? 'service' : 'external'),
      ...(inCluster === null && { shown: NUMERIC.test(host) ? key : host }),
    };
  });
}
