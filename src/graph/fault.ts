/** What is wrong in a file or a patch, and where: data for whoever words it for a person. */
import type * as z from 'zod/mini';

/** A place in the file, like `edges.e7.target`, and what is wrong there. */
export type Fault = { path: string; reason: string };

/** A schema's complaints as faults; `under` is where the checked value stands. */
export function faultsOf(error: z.core.$ZodError, under: readonly PropertyKey[] = []): Fault[] {
  return error.issues.flatMap((issue) => {
    const path = [...under, ...issue.path];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        path: [...path, key].map(String).join('.'),
        reason: 'is not a known field',
      }));
    return [{ path: path.map(String).join('.'), reason: lowerFirst(issue.message) }];
  });
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
