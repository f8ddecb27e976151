import { GitHubError } from './github-error.ts'

/** What is known of a reply that is neither a success nor a failure of GitHub's own. */
export interface RefusedReply {
  readonly status: number
  readonly cause: unknown
  /** Address that was asked. */
  readonly url: string
  /** Permissions that would have done. */
  readonly accepted?: string
}

/** Where an App gets its tokens: what goes wrong there says nothing of what was asked for with the token. */
const mintingPath = /\/app\/installations\/\d+\/access_tokens$/
const suspendedWords = /installation has been suspended/i
/** "Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, …" */
const allowListWords = /IP allow list/i

/** What a reply from 400 to 499 means that is no rate limit. @param said GitHub's own words */
export function toRefusal(said: string, { url, ...details }: RefusedReply): GitHubError {
  const { status } = details
  if (status === 401)
    return new GitHubError('token', `GitHub does not accept the token: ${said}`, details)
  if (status === 403) return new GitHubError(forbiddenBy(said), said, details)
  if (status === 404 && mintingPath.test(url))
    return new GitHubError('uninstalled', `The installation is gone: ${said}`, details)
  if (status === 404 || status === 410 || status === 451)
    return new GitHubError('not-found', said, details)
  return new GitHubError('refused', `GitHub refused: ${said}`, details)
}

/** What stands in the way of a token that is a good one. */
export function forbiddenBy(said: string): 'suspended' | 'blocked' | 'permission' {
  if (suspendedWords.test(said)) return 'suspended'
  return allowListWords.test(said) ? 'blocked' : 'permission'
}
