/** More and longer ones are not kept, so that memory stays bounded. */
const maximumRecent = 4_096
const longestRecent = 500

/** Remembers what was made of texts lately: a history repeats few identities and few messages many times. */
export class RecentTexts<Made> {
  readonly #recent = new Map<string, Made>()

  of(text: string, make: () => Made): Made {
    if (text.length > longestRecent) return make()
    const known = this.#recent.get(text)
    if (known !== undefined) return known
    if (this.#recent.size >= maximumRecent) this.#recent.clear()
    const made = make()
    this.#recent.set(text, made)
    return made
  }
}
