import * as z from 'zod/mini'
import type { FileLine } from './read-file-lines.ts'

/** What tells of a line which pull request or commit it is a record of. */
const SubjectSchema = z.object({
  record: z.string(),
  keyId: z.nullish(z.string()),
  repository: z.object({ id: z.nullish(z.number()), name: z.nullish(z.string()) }),
  number: z.nullish(z.number()),
  sha: z.nullish(z.string()),
})

export type Place = Pick<FileLine, 'number' | 'offset' | 'length'>

export type Subject = z.infer<typeof SubjectSchema>

interface Entry extends Place {
  readonly subject: string
  readonly id: number | null
  readonly name: string
}

/**
 * Which lines of a records file are of the same pull request or commit. A source may know a repository's number, its name or
 * both; a name stands for a number where some record has both and no other number comes with it.
 */
export class RecordsIndex {
  readonly #entries: Entry[] = []
  readonly #ids = new Map<string, number | null>()
  /** Each name once: a string of its own for every line would cost more than all else. */
  readonly #names = new Map<string, string>()
  readonly #keyIds = new Set<string>()
  #records = 0

  /** How many lines there are, and how many of them look like records. */
  get counts(): { readonly lines: number; readonly records: number } {
    return { lines: this.#entries.length, records: this.#records }
  }

  /** Of the keys with which the records were made, as far as they tell. */
  get keyIds(): ReadonlySet<string> {
    return this.#keyIds
  }

  /** Adds a line; one that is no record stays alone. */
  add(place: Place, text: string | undefined): void {
    this.addSubject(place, text === undefined ? undefined : subjectOf(text))
  }

  /** Adds a line of which it is known what it is a record of; undefined: of nothing. */
  addSubject({ number, offset, length }: Place, found: Subject | undefined): void {
    const id = found?.repository.id ?? null
    const name = this.#one(found?.repository.name?.toLowerCase() ?? '')
    const subject =
      found === undefined ? `line ${number}` : `${found.number ?? found.sha ?? number}`
    this.#entries.push({ number, offset, length, subject, id, name })
    if (found !== undefined) this.#records += 1
    if (found?.keyId) this.#keyIds.add(found.keyId)
    if (id === null || name === '') return
    const known = this.#ids.get(name)
    this.#ids.set(name, known === undefined || known === id ? id : null)
  }

  /** The lines by what they are records of, in the order in which each comes first. */
  *groups(): Generator<readonly Place[]> {
    // Most are alone: an array for each would double what is needed.
    const groups = new Map<string, Entry | Entry[]>()
    for (const entry of this.#entries) {
      const { subject, id, name } = entry
      const repository = this.#keyOf(id, name)
      const key = `${repository}\n${subject}`
      const group = groups.get(key)
      if (group === undefined) groups.set(key, entry)
      else if (Array.isArray(group)) group.push(entry)
      else groups.set(key, [group, entry])
    }
    for (const group of groups.values()) yield Array.isArray(group) ? group : [group]
  }

  /** What stands for a repository, once all lines are added: its number, or its name where none is known. */
  repositoryKey({ id, name }: Subject['repository']): number | string {
    return this.#keyOf(id ?? null, name?.toLowerCase() ?? '')
  }

  #keyOf(id: number | null, name: string): number | string {
    return id ?? this.#ids.get(name) ?? name
  }

  #one(name: string): string {
    const known = this.#names.get(name)
    if (known === undefined) this.#names.set(name, name)
    return known ?? name
  }
}

/** Of a line of which it is not known whether it is a record; undefined: of nothing. */
export function subjectOf(text: string): Subject | undefined {
  try {
    return z.safeParse(SubjectSchema, JSON.parse(text)).data
  } catch {
    // Whoever reads the record says what is wrong with the line.
    return undefined
  }
}
