/**
 * Parts call each other by name, as where a cluster's DNS resolves them: here each name is this machine. So spans and
 * metrics say "catalog" and not "127.0.0.1", and no file of the machine has to know the names.
 */
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

const NAMES = new Set(['gateway', 'cart', 'catalog', 'orders', 'redis', 'postgres', 'rabbitmq']);

const asked = dns.lookup;
const lookup = (name: string, ...rest: unknown[]) =>
  Reflect.apply(asked, dns, [NAMES.has(name) ? '127.0.0.1' : name, ...rest]);
Object.assign(dns, { lookup: Object.assign(lookup, asked) });
syncBuiltinESMExports();
