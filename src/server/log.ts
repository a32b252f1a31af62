/** Longest text one log field may hold: a hostile request must not fill a disk. Characters. */
const LONGEST = 1_000;

/** Writes one line of JSON to standard error. JSON escapes line breaks, so no input can forge a second line. */
export function logError(
  event: string,
  error: unknown,
  about: Record<string, string | undefined> = {},
): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const fields = { time: new Date().toISOString(), level: 'error', event, error: text, ...about };
  const capped = Object.entries(fields).map(([name, value]) => [name, value?.slice(0, LONGEST)]);
  process.stderr.write(`${JSON.stringify(Object.fromEntries(capped))}\n`);
}
