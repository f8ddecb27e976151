import * as z from 'zod/mini'
import type { GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'
import type { PullRequestAddress } from './read-pull-request.ts'

/** A label with what GitHub shows of it. */
export interface Label {
  readonly name: string
  /** Six hexadecimal digits. */
  readonly color: string
  readonly description: string
}

/** What changes on a pull request's labels. */
export interface LabelChanges {
  readonly add: readonly Label[]
  readonly remove: readonly string[]
}

/** What was not done, and the permission that would have allowed it. */
export type LabelOutcome =
  | { readonly done: true }
  | { readonly done: false; readonly missing: 'pull-requests: write' | 'issues: write' }

const NamedSchema = z.object({ name: z.string() })

/**
 * Moves labels. New ones are created first, so that a token which may not do that changes nothing; then those that no
 * longer hold come off, then the new ones go on: killed in between, a pull request has no answer rather than two, and the
 * next run sets it. Each call can be repeated without a second effect.
 *
 * @param knownLabels labels of the repository that need not be looked up
 * @param onRemoved told of each label that is off, which holds also where a later call fails
 */
export async function changeLabels(
  api: GitHubApi,
  address: PullRequestAddress,
  changes: LabelChanges,
  knownLabels: readonly string[] = [],
  onRemoved: (name: string) => void = () => {},
): Promise<LabelOutcome> {
  const issue = { owner: address.owner, repo: address.name, issue_number: address.number }
  const known = new Set(knownLabels.map((name) => name.toLowerCase()))
  try {
    for (const label of changes.add) {
      if (!known.has(label.name.toLowerCase())) await ensureLabel(api, issue, label)
    }
  } catch (error) {
    return missing(error, 'issues: write')
  }
  try {
    for (const name of changes.remove) {
      await removeLabel(api, issue, name)
      onRemoved(name)
    }
    return changes.add.length === 0 ? { done: true } : await addLabels(api, issue, changes.add)
  } catch (error) {
    return missing(error, mayNotCreate(error) ? 'issues: write' : 'pull-requests: write')
  }
}

interface Issue {
  readonly owner: string
  readonly repo: string
  readonly issue_number: number
}

async function ensureLabel(api: GitHubApi, { owner, repo }: Issue, label: Label): Promise<void> {
  const found = await tolerate(
    api.read(
      'GET /repos/{owner}/{repo}/labels/{name}',
      { owner, repo, name: label.name },
      NamedSchema,
    ),
    // A label that may not be looked up may still be there: putting it on will tell.
    ({ failure }) =>
      failure === 'not-found' ? 'absent' : failure === 'permission' ? 'unknown' : undefined,
  )
  if (found !== 'absent') return
  await tolerate(
    api.write('POST /repos/{owner}/{repo}/labels', { owner, repo, ...label }, NamedSchema, {
      repeatable: true,
    }),
    // Another run created it in the meantime, or an answer of GitHub's got lost on its way here.
    ({ status, message }) =>
      status === 422 && message.includes('already_exists') ? 'present' : undefined,
  )
}

async function removeLabel(api: GitHubApi, issue: Issue, name: string): Promise<void> {
  await tolerate(
    api.write(
      'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}',
      { ...issue, name },
      z.unknown(),
      { repeatable: true },
    ),
    // Another run, or a person, took it off first: that is what was wanted.
    ({ failure }) => (failure === 'not-found' ? 'absent' : undefined),
  )
}

async function addLabels(
  api: GitHubApi,
  issue: Issue,
  labels: readonly Label[],
): Promise<LabelOutcome> {
  const standing = await api.write(
    'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
    { ...issue, labels: labels.map(({ name }) => name) },
    z.array(NamedSchema),
    { repeatable: true },
  )
  const names = standing.map(({ name }) => name.toLowerCase())
  // GitHub was seen to leave out, without a word, labels that the token may not create (release-please-action#1074).
  const allOn = labels.every(({ name }) => names.includes(name.toLowerCase()))
  return allOn ? { done: true } : { done: false, missing: 'issues: write' }
}

/** The result, or what a failure stands for; a failure that stands for nothing is thrown on. */
async function tolerate<Result, Meaning>(
  call: Promise<Result>,
  meaning: (error: GitHubError) => Meaning | undefined,
): Promise<Result | Meaning> {
  try {
    return await call
  } catch (error) {
    const meant = error instanceof GitHubError ? meaning(error) : undefined
    if (meant === undefined) throw error
    return meant
  }
}

/** What GitHub says when a label that is put on does not exist and may not be created (actions/labeler#870). */
function mayNotCreate(error: unknown): boolean {
  return error instanceof GitHubError && /permission to create labels/i.test(error.message)
}

function missing(
  error: unknown,
  permission: 'pull-requests: write' | 'issues: write',
): LabelOutcome {
  if (
    error instanceof GitHubError &&
    (error.failure === 'permission' || error.failure === 'not-found')
  ) {
    return { done: false, missing: permission }
  }
  throw error
}
