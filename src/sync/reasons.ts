/** What a person is told when storage fails: what happened, and what to do next. */

/** Storage refused; `message` is meant for the person at the screen. */
export class StorageError extends Error {
  override name = 'StorageError';
}

const EXPORT = 'or export the board as a file before closing this page';
const REASONS: Record<string, string> = {
  QuotaExceededError: `The disk space that the browser allows this page is used up. Free some space, remove boards no longer needed, ${EXPORT}.`,
  SecurityError: `The browser blocks storage for this page. Allow site data for it (a private window may not), ${EXPORT}.`,
  InvalidStateError: `The browser closed this page's storage. Chalkline keeps trying; if this stays, free disk space, ${EXPORT}.`,
  AbortError: `The browser broke off writing. Chalkline keeps trying; if this stays, free disk space, ${EXPORT}.`,
  VersionError:
    'A newer Chalkline has taken over this storage. Export the board as a file, then reload the page.',
};

/** Words for an error of IndexedDB, by its name (the specification's error names). */
export function reasonOf(error: unknown): string {
  if (error instanceof StorageError) return error.message;
  const { name = '', message = String(error) } = (error ?? {}) as { name?: string; message?: string };
  return (
    REASONS[name] ??
    `The browser could not store the board (${message}). Chalkline keeps trying; if this stays, reload the page, ${EXPORT}.`
  );
}
