/** Patches from outside (the disk, another tab, a peer) are unknown JSON until they have passed here. */
import * as z from 'zod/mini';
import { type Fault, faultsOf } from './fault.ts';
import { idSchema, nameSchema } from './fields.ts';
import type { Patch } from './patch.ts';
import { COLLECTIONS, RECORD_SCHEMAS } from './schema.ts';

const changeOf = (record: z.ZodMiniType) =>
  z.optional(
    z.strictObject({
      added: z.optional(z.record(idSchema, record)),
      updated: z.optional(z.record(idSchema, z.tuple([record, record]))),
      removed: z.optional(z.record(idSchema, record)),
    }),
  );

const patchSchema = z.strictObject({
  title: z.optional(z.tuple([nameSchema, nameSchema])),
  ...Object.fromEntries(COLLECTIONS.map((collection) => [collection, changeOf(RECORD_SCHEMAS[collection])])),
});

export function parsePatch(input: unknown): { ok: true; patch: Patch } | { ok: false; faults: Fault[] } {
  const parsed = patchSchema.safeParse(input);
  if (!parsed.success) return { ok: false, faults: faultsOf(parsed.error) };
  return { ok: true, patch: parsed.data as Patch };
}
