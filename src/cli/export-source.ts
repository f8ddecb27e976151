import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { errorCode } from './error-code.ts'
import { UsageError } from './usage-error.ts'

/** Where records come from. */
export type ExportSource =
  | { readonly kind: 'clone'; readonly directory: string }
  | { readonly kind: 'github'; readonly owner: string; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'standard input' }

const ownerAndName = /^([A-Za-z0-9](?:[A-Za-z0-9_-]{0,38}))\/([A-Za-z0-9._-]{1,100})$/
const prefix = 'github:'

/**
 * Finds what SOURCE names: `-`, what is on this disk, else a repository on GitHub. `github:owner/name` is GitHub's whatever
 * is on the disk, `./owner/name` the disk's.
 *
 * @param say tells the user what was taken where two things have the name
 */
export async function findSource(
  source: string,
  directory: string,
  say: (message: string) => void,
): Promise<ExportSource> {
  if (source === '') throw new UsageError('SOURCE is empty')
  if (source === '-') return { kind: 'standard input' }
  if (source.startsWith(prefix)) {
    const named = onGitHub(source.slice(prefix.length))
    if (named === undefined) throw new UsageError(`${quoted(source)} is not github:owner/name`)
    return named
  }
  const named = onGitHub(source)
  const local = await onDisk(resolve(directory, source))
  if (local === undefined && named !== undefined) return named
  if (local === undefined) throw new Error(nothingThere(source))
  if (named !== undefined) {
    const what = local.kind === 'clone' ? 'directory' : 'file'
    say(`reading the ${what} ${source}; for the repository on GitHub write ${prefix}${source}`)
  }
  return local
}

function onGitHub(text: string): Extract<ExportSource, { kind: 'github' }> | undefined {
  const [, owner, name] = ownerAndName.exec(text) ?? []
  if (owner === undefined || name === undefined || /^\.\.?$/.test(name)) return undefined
  return { kind: 'github', owner, name }
}

async function onDisk(path: string): Promise<ExportSource | undefined> {
  try {
    return (await stat(path)).isDirectory()
      ? { kind: 'clone', directory: path }
      : { kind: 'file', path }
  } catch (cause) {
    const code = errorCode(cause)
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new Error(`${quoted(path)} cannot be looked at (${code}); check who may read it`, {
      cause,
    })
  }
}

function nothingThere(source: string): string {
  const [, repository] = /^(?:https?:\/\/|git@)[^/:]+[/:](.+?)(?:\.git)?\/?$/.exec(source) ?? []
  const advice =
    repository !== undefined && ownerAndName.test(repository)
      ? `write ${repository}`
      : "name a clone's directory, owner/name on GitHub, or a records file"
  return `there is no file or directory ${quoted(source)}; ${advice}`
}

function quoted(text: string): string {
  return JSON.stringify(text)
}
