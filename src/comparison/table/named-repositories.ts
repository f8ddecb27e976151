import type { Change } from '../../delivery/index.ts'
import { Numbering } from './columns.ts'

/** A repository as one reading told of it. */
export type KnownRepository = Change['repository'] & { readonly readAt: number }

/** Repositories by GitHub's number, which survives renames; each has the name of its last reading. */
export class NamedRepositories {
  readonly #numbers = new Numbering<string | number>()
  readonly #known: KnownRepository[] = []

  get known(): readonly KnownRepository[] {
    return this.#known
  }

  get names(): string[] {
    return this.#known.map(({ id, name }) => name ?? String(id ?? 'unknown'))
  }

  numberOf(one: KnownRepository): number {
    const { id, name } = one
    const readAt = name === null ? Number.NEGATIVE_INFINITY : one.readAt
    const number = this.#numbers.numberOf(id ?? name ?? 'unknown')
    const known = this.#known[number]
    if (known === undefined || readAt > known.readAt) this.#known[number] = { id, name, readAt }
    return number
  }
}
