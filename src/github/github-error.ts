import { redactError, redactSecrets } from './redact-secrets.ts'

/**
 * Why a call to GitHub did not work.
 * - `permission`: the token may not do this; the message names what GitHub said.
 * - `not-found`: no such thing, or the token may not see it.
 * - `token`: the token is missing, wrong or expired.
 * - `unavailable`: GitHub did not answer, not in time, not whole, or limits the rate for longer than a caller waits.
 * - `refused`: GitHub understood and said no (a validation, a conflict, a redirect to elsewhere).
 */
export type GitHubFailure = 'permission' | 'not-found' | 'token' | 'unavailable' | 'refused'

/** A call to GitHub that failed, told in words that need no stack. Secrets in what GitHub said are taken out. */
export class GitHubError extends Error {
  readonly failure: GitHubFailure
  /** Of the reply; absent where there was none, or it looked good. */
  readonly status: number | undefined

  constructor(
    failure: GitHubFailure,
    message: string,
    details: { status?: number; cause?: unknown } = {},
  ) {
    const { cause } = details
    super(redactSecrets(message), cause === undefined ? {} : { cause: redactError(cause) })
    this.name = 'GitHubError'
    this.failure = failure
    this.status = details.status
  }
}
