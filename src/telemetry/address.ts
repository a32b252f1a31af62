/** Where a source is asked: at its own address, or by name through Chalkline's own server. */
import type { Env } from './source.ts';

const FORWARD = /^forward:(.+)$/;

/** The base of its API, without a slash at the end. */
export const addressOf = (url: string, { server }: Pick<Env, 'server'>): string =>
  url.replace(FORWARD, (_, name) => `${server}/forward/${name}`).replace(/\/+$/, '');

/** What a person knows it by: `localhost:9090`; the name where it is forwarded. */
export const placeOf = (url: string): string =>
  url
    .replace(FORWARD, '$1')
    .replace(/^https?:\/\//i, '')
    .replace(/\/+$/, '');
