/** What tabs on one board say to each other. They may run different versions: parsed as unknown. */
import * as z from 'zod/mini';

const tab = z.string();
const seq = z.int().check(z.nonnegative());

const messageSchema = z.discriminatedUnion('type', [
  /** A follower asks the writer for the whole board. */
  z.object({ type: z.literal('hello'), from: tab }),
  /** The writer's board after its patch `seq`; to one tab or, null, to all. */
  z.object({ type: z.literal('board'), writer: tab, seq, board: z.unknown(), to: z.nullable(tab) }),
  z.object({ type: z.literal('patch'), writer: tab, seq, patch: z.unknown() }),
  /** A follower asks to write. */
  z.object({ type: z.literal('take'), from: tab }),
  /** The writer has heard it, writes no more, and is saving the rest. */
  z.object({ type: z.literal('releasing'), to: tab }),
  z.object({ type: z.literal('released'), to: tab }),
  /** The writer could not save and stays the writer. */
  z.object({ type: z.literal('refused'), to: tab, reason: z.string() }),
]);
export type Message = z.infer<typeof messageSchema>;

export function parseMessage(input: unknown): Message | null {
  const parsed = messageSchema.safeParse(input);
  return parsed.success ? parsed.data : null;
}
