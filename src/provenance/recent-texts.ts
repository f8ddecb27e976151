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

/** The same, apart for each registry or whatever else the texts are read with; forgotten with it. */
export class RecentTextsOf<Owner extends object, Made> {
  readonly #recent = new WeakMap<Owner, RecentTexts<Made>>()

  of(owner: Owner, text: string, make: () => Made): Made {
    let recent = this.#recent.get(owner)
    if (recent === undefined) {
      recent = new RecentTexts()
      this.#recent.set(owner, recent)
    }
    return recent.of(text, make)
  }
}
