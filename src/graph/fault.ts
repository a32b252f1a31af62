/** What is wrong in a file or a patch, and where: data for whoever words it for a person. */
import * as z from 'zod/mini';

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
    return [{ path: path.map(String).join('.'), reason: issue.message }];
  });
}

/** What a schema of ours refuses, in words. Zod's own, which know many more kinds, weigh more than the schemas. */
export const wording: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected}, received ${issue.input === undefined ? 'nothing' : z.util.parsedType(issue.input)}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_big':
      return `too big: at most ${issue.maximum}${UNITS[issue.origin] ?? ''}`;
    case 'too_small':
      return `too small: at least ${issue.minimum}${UNITS[issue.origin] ?? ''}`;
    case 'invalid_key':
      return 'is no id';
    default:
      return 'is not of a known form';
  }
};

const UNITS: Record<string, string> = { string: ' characters', array: ' items' };
