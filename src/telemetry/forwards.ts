/** What Chalkline's own server can ask in the page's stead. A page that is served by something else has none. */
import * as z from 'zod/mini';
import { ask } from './ask.ts';
import { type Env, machine } from './source.ts';

const TYPES = ['prometheus', 'jaeger', 'zipkin'] as const;
const listSchema = z.object({ targets: z.array(z.object({ name: z.string(), type: z.string() })) });

/** By name and type; never an address, nor what is needed to be let in there. */
export async function listForwards(
  env: Env = machine,
): Promise<{ name: string; type: (typeof TYPES)[number] }[]> {
  const asked = { api: 'Chalkline’s server', errorOf: () => null };
  const text = await ask(`${env.server}/forward`, {}, asked, env, new AbortController().signal);
  if (!text.ok) return [];
  try {
    const { targets } = listSchema.parse(JSON.parse(text.value));
    return TYPES.flatMap((type) =>
      targets.filter((each) => each.type === type).map(({ name }) => ({ name, type })),
    );
  } catch {
    return [];
  }
}
