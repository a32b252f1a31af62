/** Single requests with their spans in time, as traces tell of them: what a what-if runs through again. */
import * as z from 'zod/mini';
import type { Id } from './fields.ts';
import { type Subject, subjectSchema } from './reading.ts';

const index = z.int();
/** Milliseconds since the request began. */
const since = z.number();

/**
 * `each` request is its spans, the request itself first and every span after the one above it. A span is [index of its
 * subject, index of the span above it (-1: none), start, end]. Time in a span on an edge is that of a call: what of it
 * no other span fills is network and queue. What nobody waited for is not in it.
 */
export const requestsSchema = z
  .strictObject({
    subjects: z.array(subjectSchema),
    each: z.array(z.array(z.tuple([index, index, since, since]))),
  })
  .check(
    z.refine(
      ({ subjects, each }) =>
        each.every((spans) => spans.every(([subject, parent], i) => subjects[subject] && parent < i)),
      'names no subject or span',
    ),
  );
export type Requests = z.infer<typeof requestsSchema>;
export type RequestSpan = Requests['each'][number][number];

/** The same requests by the ids of another graph; what that does not have keeps its own. */
export const requestsOn = (
  { subjects, each }: Requests,
  ids: Record<Subject['type'], (id: Id) => Id | null | undefined>,
): Requests => ({
  subjects: subjects.map(({ type, id }) => ({ type, id: ids[type](id) ?? id })),
  each,
});
