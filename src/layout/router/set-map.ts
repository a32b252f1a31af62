/** Several ids by id. */
import type { Id } from '../../graph/index.ts';

const NONE: ReadonlySet<Id> = new Set();

export class SetMap {
  readonly #sets = new Map<Id, Set<Id>>();

  get(key: Id): ReadonlySet<Id> {
    return this.#sets.get(key) ?? NONE;
  }

  add(key: Id, value: Id): void {
    const set = this.#sets.get(key);
    if (set) set.add(value);
    else this.#sets.set(key, new Set([value]));
  }

  delete(key: Id, value: Id): void {
    const set = this.#sets.get(key);
    if (set?.delete(value) && set.size === 0) this.#sets.delete(key);
  }
}
