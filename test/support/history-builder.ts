import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AUTHOR, COMMITTER, type TestRepository } from './git-repository.ts'

export interface BuiltCommit {
  /** Branch or other ref that then points to it; a full name. */
  readonly ref: string
  readonly message: string
  /** Marks of the parents; the first one's files are what `files` changes. */
  readonly parents: readonly number[]
  /** `Name <email> seconds zone` */
  readonly author?: string
  readonly committer?: string
  /** Content by path; null deletes the file. */
  readonly files?: ReadonlyMap<string, string | null>
}

/** Collects commits with files, and writes all of them with one git. */
export class HistoryBuilder {
  readonly #stream: Buffer[] = []
  #marks = 0

  /** Gives the commit's mark. */
  commit({ ref, message, parents, author, committer, files }: BuiltCommit): number {
    this.#marks += 1
    const [from, ...merged] = parents
    const lines = [
      // Without it fast-import would go on from what the ref points to.
      ...(from === undefined ? [`reset ${ref}\n`] : []),
      `commit ${ref}\nmark :${this.#marks}\n`,
      `author ${author ?? AUTHOR}\ncommitter ${committer ?? COMMITTER}\n`,
      data(message),
      ...(from === undefined ? [] : [`from :${from}\n`]),
      ...merged.map((parent) => `merge :${parent}\n`),
      ...Array.from(files ?? [], ([path, content]) => {
        const quoted = `"${path.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`
        return content === null ? `D ${quoted}\n` : `M 100644 inline ${quoted}\n${data(content)}`
      }),
    ]
    this.#stream.push(Buffer.from(`${lines.join('')}\n`))
    return this.#marks
  }

  /** Points another ref to a commit. */
  ref(name: string, mark: number): void {
    this.#stream.push(Buffer.from(`reset ${name}\nfrom :${mark}\n\n`))
  }

  delete(name: string): void {
    this.#stream.push(Buffer.from(`reset ${name}\nfrom ${'0'.repeat(40)}\n\n`))
  }

  /** Writes everything and gives the ids by mark. */
  write(repository: TestRepository): ReadonlyMap<number, string> {
    const file = join(repository.home, 'marks')
    repository.git(
      ['fast-import', '--quiet', '--force', `--export-marks=${file}`],
      Buffer.concat(this.#stream),
    )
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    return new Map(
      lines.map((line) => {
        const [mark = '', id = ''] = line.split(' ')
        return [Number(mark.slice(1)), id]
      }),
    )
  }
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`
}
