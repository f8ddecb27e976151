import { redactError, redactSecrets } from './redact-secrets.ts'

/**
 * Why a call to GitHub did not work.
 * - `permission`: the token may not do this; the message names what GitHub said.
 * - `not-found`: no such thing, or the token may not see it.
 * - `token`: the token is missing, wrong or expired.
 * - `unavailable`: GitHub did not answer, not in time, not whole, or limits the rate for longer than a caller waits.
 * - `refused`: GitHub understood and said no (a validation, a conflict, a redirect to elsewhere).
 * - `suspended`: an owner suspended the App's installation, until the same owner resumes it.
 * - `uninstalled`: the App's installation is gone, and with it every token of it.
 * - `blocked`: the organisation's list of allowed addresses keeps this machine out.
 */
export type GitHubFailure =
  | 'permission'
  | 'not-found'
  | 'token'
  | 'unavailable'
  | 'refused'
  | 'suspended'
  | 'uninstalled'
  | 'blocked'

interface FailureDetails {
  readonly status?: number
  readonly cause?: unknown
  readonly limitedUntil?: number
  readonly tooMuch?: boolean
  readonly path?: string
  readonly accepted?: string
}

/** A call to GitHub that failed, told in words that need no stack. Secrets in what GitHub said are taken out. */
export class GitHubError extends Error {
  readonly failure: GitHubFailure
  /** Of the reply; absent where there was none, or it looked good. */
  readonly status: number | undefined
  /** Until when a rate limit lasts, milliseconds since the epoch; absent for every other failure. */
  readonly limitedUntil: number | undefined
  /** It may be that too much was asked for at once: GitHub ends a query after ten seconds. */
  readonly tooMuch: boolean
  /** Part of a GraphQL reply that failed: names from the root, joined by dots. Absent where GitHub did not say. */
  readonly path: string | undefined
  /** Permissions that would have done, as GitHub names them: `checks=write`, sets between semicolons. Absent where it did not say. */
  readonly accepted: string | undefined

  constructor(failure: GitHubFailure, message: string, details: FailureDetails = {}) {
    const { cause } = details
    super(redactSecrets(message), cause === undefined ? {} : { cause: redactError(cause) })
    this.name = 'GitHubError'
    this.failure = failure
    this.status = details.status
    this.limitedUntil = details.limitedUntil
    this.tooMuch = details.tooMuch ?? false
    this.path = details.path
    this.accepted = details.accepted
  }
}
