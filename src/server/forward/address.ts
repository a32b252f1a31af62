/** Where may be asked: a target's address when it is read, and what its name leads to each time it is asked. */
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Link-local, where clouds tell machines their secrets, and those that clouds put elsewhere. */
const FORBIDDEN = new BlockList();
FORBIDDEN.addSubnet('169.254.0.0', 16, 'ipv4');
FORBIDDEN.addSubnet('fe80::', 10, 'ipv6');
FORBIDDEN.addAddress('fd00:ec2::254', 'ipv6');
FORBIDDEN.addAddress('100.100.100.200', 'ipv4');
FORBIDDEN.addAddress('168.63.129.16', 'ipv4');

/** The address within brackets: `[::1]` → `::1`. */
export const bare = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1');

export const isForbidden = (address: string): boolean =>
  isIP(address) !== 0 && FORBIDDEN.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Why an address can't be a target's; null when it can. */
export function addressFault(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return 'must be an http or https address';
  if (url.username !== '' || url.password !== '')
    return 'must not hold a user name or password: put them into headers';
  if (url.search !== '' || url.hash !== '' || text.includes('#') || text.includes('?'))
    return 'must end with a path: no ? and no #';
  if (isForbidden(bare(url.hostname))) return 'is a link-local or metadata address, which is never asked';
  return null;
}

/** Told by `lookup` when all that a name leads to is forbidden. */
export const FORBIDDEN_CODE = 'ECHALKLINEFORBIDDEN';

/**
 * Looks a name up for a connection. What it answers is what is connected to, so that nothing can change between
 * the check and the use.
 */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, []);
    const allowed = found.filter(({ address }) => !isForbidden(address));
    const [first] = allowed;
    if (!first) {
      const code = found.length > 0 ? FORBIDDEN_CODE : 'ENOTFOUND';
      return callback(Object.assign(new Error(`no address of ${hostname} may be asked`), { code }), []);
    }
    if (options.all) callback(null, allowed);
    else callback(null, first.address, first.family);
  });
};
