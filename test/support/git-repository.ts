import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { onTestFinished } from 'vitest'

const EMPTY_TREE = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
} as const

/** Ident lines as git stores them: fixed, and without anybody in them. */
export const AUTHOR = 'Dev <dev@example.com> 1750000000 +0200'
export const COMMITTER = 'Committer <committer@example.com> 1750003600 +0000'

/** A directory that is removed when the running test ends. */
export function temporaryDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'what-shipped-git-')))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** An environment in which git sees nobody's configuration and no surrounding repository. */
export function isolatedEnvironment(home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: home,
  }
}

/** The environment with a program of its own first on the PATH, under the name `git`. */
export function withGit(
  environment: Readonly<Record<string, string>>,
  script: string,
): Record<string, string> {
  const directory = temporaryDirectory()
  const program = join(directory, 'git')
  writeFileSync(program, `#!/bin/sh\n${script}\n`)
  chmodSync(program, 0o755)
  return { ...environment, PATH: `${directory}${delimiter}${environment.PATH}` }
}

export interface CommitParts {
  readonly message: string | Buffer
  /** `Name <email> seconds zone`, or what a broken tool made of it. */
  readonly author?: string | Buffer
  readonly committer?: string
  /** Default: the commit that `branch` points to, if any. */
  readonly parents?: readonly string[]
  /** Object id of a tree. Default: the empty one. */
  readonly tree?: string
  /** Header lines after the committer, as `encoding ISO-8859-1`. */
  readonly headers?: readonly string[]
  readonly branch?: string
}

export interface TestRepositoryOptions {
  /** Path under the temporary directory; may hold spaces and newlines. */
  readonly name?: string
  readonly bare?: boolean
  readonly objectFormat?: 'sha1' | 'sha256'
}

/** A small real repository in a temporary directory, removed when the running test ends. */
export class TestRepository {
  readonly home: string
  readonly directory: string
  readonly environment: Record<string, string>
  readonly #objectFormat: 'sha1' | 'sha256'

  constructor({ name = 'clone', bare = false, objectFormat = 'sha1' }: TestRepositoryOptions = {}) {
    this.home = temporaryDirectory()
    this.directory = join(this.home, name)
    this.environment = isolatedEnvironment(this.home)
    this.#objectFormat = objectFormat
    mkdirSync(this.directory, { recursive: true })
    const kind = bare ? ['--bare'] : []
    this.git([
      'init',
      '--quiet',
      '--initial-branch=main',
      `--object-format=${objectFormat}`,
      ...kind,
    ])
  }

  /** Runs git in the repository and gives what it printed, without the last newline. */
  git(args: readonly string[], input: string | Buffer = ''): string {
    const output = execFileSync('git', ['-C', this.directory, ...args], {
      env: this.environment,
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 2 ** 28,
    })
    return output.toString('utf8').replace(/\n$/, '')
  }

  /** Writes a commit object with exactly these bytes, moves its branch (`main`) to it, and gives its id. */
  commit(parts: CommitParts): string {
    const branch = `refs/heads/${parts.branch ?? 'main'}`
    const header = [
      `tree ${parts.tree ?? EMPTY_TREE[this.#objectFormat]}`,
      ...(parts.parents ?? this.#tips(branch)).map((parent) => `parent ${parent}`),
    ].join('\n')
    const rest = [`committer ${parts.committer ?? COMMITTER}`, ...(parts.headers ?? [])].join('\n')
    const object = Buffer.concat([
      Buffer.from(`${header}\nauthor `),
      Buffer.from(parts.author ?? AUTHOR),
      Buffer.from(`\n${rest}\n\n`),
      Buffer.from(parts.message),
    ])
    const id = this.git(['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'], object)
    this.git(['update-ref', branch, id])
    return id
  }

  /** Commits one file with one line, so that trees and blobs exist too. */
  commitFile(path: string, content: string): string {
    const blob = this.git(['hash-object', '-w', '--stdin'], content)
    const tree = this.git(['mktree'], `100644 blob ${blob}\t${path}\n`)
    return this.commit({ message: `Add ${path}\n`, tree })
  }

  /** Writes many small commits on `main` at once: `Commit 1` and so on. */
  commitMany(count: number, message = (number: number) => `Commit ${number}\n`): void {
    const commits = Array.from({ length: count }, (_, index) => {
      const text = message(index + 1)
      return (
        `commit refs/heads/main\nauthor ${AUTHOR}\ncommitter ${COMMITTER}\n` +
        `data ${Buffer.byteLength(text)}\n${text}\n`
      )
    })
    this.git(['fast-import', '--quiet'], commits.join(''))
  }

  /** Attaches notes to commits under a ref, each under `path(sha)` of the notes' tree. */
  note(ref: string, notes: ReadonlyMap<string, string>, path = (sha: string) => sha): void {
    const files = Array.from(notes, ([sha, text]) => {
      return `M 100644 inline ${path(sha)}\ndata ${Buffer.byteLength(text)}\n${text}\n`
    })
    const header = `commit ${ref}\ncommitter ${COMMITTER}\ndata 0\n\n`
    this.git(['fast-import', '--quiet', '--force'], `${header}deleteall\n${files.join('')}`)
  }

  /** Clones this repository beside it over the local transport, and gives the clone's directory. */
  clone(name: string, ...args: readonly string[]): string {
    const directory = join(this.home, name)
    const settings = ['-c', 'protocol.file.allow=always']
    this.git([...settings, 'clone', '--quiet', ...args, `file://${this.directory}`, directory])
    return directory
  }

  #tips(ref: string): string[] {
    const tip = this.git(['for-each-ref', '--format=%(objectname)', ref])
    return tip === '' ? [] : [tip]
  }
}
