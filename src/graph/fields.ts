/** Fields that every record of the board has in common. */
import * as z from 'zod/mini';

/** Every name that `{}` answers to without holding it, so that `board.nodes[id]` never finds what isn't there. */
export const RESERVED_IDS: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
]);
/** Ids are map keys: never empty, never long, never a key that JavaScript gives a meaning. */
export const idSchema = z.string().check(
  z.minLength(1),
  z.maxLength(200),
  z.refine((id) => !RESERVED_IDS.has(id), 'is a reserved word'),
);
export type Id = z.infer<typeof idSchema>;

/** Names and titles. */
export const nameSchema = z.string().check(z.maxLength(400));
/** Descriptions, hypotheses and other prose. */
export const textSchema = z.string().check(z.maxLength(20_000));
