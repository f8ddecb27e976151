import { GitError } from './git-error.ts'
import { type GitLimits, type GitLocation, runGit, streamGit } from './stream-git.ts'

/** Notes refs that exist: with all their notes, or with some left behind at a promisor remote. */
export interface FoundNotes {
  readonly readable: readonly string[]
  readonly incomplete: readonly string[]
}

/** Which of the notes refs the clone has. */
export async function existingNotes(
  location: GitLocation,
  refs: readonly string[],
  limits: GitLimits,
): Promise<string[]> {
  for (const ref of refs) {
    // A name with * ? or [ would be a pattern to git.
    if (!/^refs\/notes\/[\w./-]+$/.test(ref)) throw new TypeError(`${ref} is no notes ref`)
  }
  if (refs.length === 0) return []
  const answer = await runGit(location, ['for-each-ref', '--format=%(refname)', ...refs], limits)
  const names = new Set(answer.split('\n'))
  return refs.filter((ref) => names.has(ref))
}

/**
 * Which of the existing notes refs can be read. In a partial clone each must have all its notes here: notes for some
 * commits only would be no fair sample, and a git older than GIT_NO_LAZY_FETCH starts a fetch, in vain, for each that is
 * missing.
 */
export async function readableNotes(
  location: GitLocation,
  existing: readonly string[],
  partial: boolean,
  limits: GitLimits,
): Promise<FoundNotes> {
  if (!partial) return { readable: existing, incomplete: [] }
  const readable: string[] = []
  for (const ref of existing) {
    if (await isComplete(location, ref, limits)) readable.push(ref)
  }
  return { readable, incomplete: existing.filter((ref) => !readable.includes(ref)) }
}

async function isComplete(location: GitLocation, ref: string, limits: GitLimits): Promise<boolean> {
  const args = ['rev-list', '--objects', '--no-object-names', '--no-walk', '--missing=print', ref]
  try {
    // Object ids, a line each; a missing one has a question mark before it.
    for await (const chunk of streamGit(location, args, limits)) {
      if (chunk.includes('?')) return false
    }
  } catch (error) {
    if (error instanceof GitError && error.reason === 'failed') return false
    throw error
  }
  return true
}
