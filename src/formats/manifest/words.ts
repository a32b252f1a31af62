/** How remarks on manifests list names. */

/** `a, b, …`: no more than so many. */
export const firstOf = (names: readonly string[], most: number): string =>
  `${names.slice(0, most).join(', ')}${names.length > most ? ', …' : ''}`;
