/** A value that can be watched; for what changes too often to be kept in the session. */
export type Signal<T> = {
  get(): T;
  /** @returns whether it is another value */
  set(value: T): boolean;
  subscribe(listener: () => void): () => void;
};

export function signal<T>(initial: T, same: (a: T, b: T) => boolean = Object.is): Signal<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (same(value, next)) return false;
      value = next;
      for (const listener of listeners) listener();
      return true;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
