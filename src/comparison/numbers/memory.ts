/**
 * Keeps what was made of a table, or of some of its rows, for who asks for the same again: neither changes, and a report of each
 * repository asks the same of all of them. It is forgotten together with what it was made of.
 */
export class Memory<Made> {
  readonly #made = new WeakMap<object, Map<string, Made>>()

  /**
   * @param of what it is made of
   * @param name what of it: all else that decides what is made
   */
  recall(of: object, name: string, make: () => Made): Made {
    const all = this.#made.get(of) ?? new Map<string, Made>()
    this.#made.set(of, all)
    const known = all.get(name)
    if (known !== undefined) return known
    const made = make()
    all.set(name, made)
    return made
  }
}
