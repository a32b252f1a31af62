/** What Chalkline's own server can ask in the page's stead. A page that is served by something else has none. */
import * as z from 'zod/mini';
import { ask } from './ask.ts';
import { type Env, machine } from './source.ts';

const forwardsSchema = z.array(
  z.object({ name: z.string(), type: z.enum(['prometheus', 'jaeger', 'zipkin']) }),
);
export type Forwards = z.infer<typeof forwardsSchema>;

/** By name and type; never an address, nor what is needed to be let in there. */
export async function listForwards(env: Env = machine): Promise<Forwards> {
  const asked = { api: 'Chalkline’s server', errorOf: () => null };
  const text = await ask(`${env.server}/forward`, {}, asked, env, new AbortController().signal);
  if (!text.ok) return [];
  try {
    return forwardsSchema.parse(JSON.parse(text.value));
  } catch {
    return [];
  }
}
