/** Why git could not answer; see the message for what to do. */
export type GitErrorReason =
  | 'no-git'
  | 'old-git'
  | 'no-directory'
  | 'no-repository'
  | 'unsafe-ownership'
  | 'no-commits'
  | 'bad-revision'
  | 'silent'
  | 'too-large'
  | 'failed'

/** A git that could not be run or could not answer. The message is one line: what happened, and what to do next. */
export class GitError extends Error {
  override readonly name = 'GitError'
  readonly reason: GitErrorReason
  /** What git wrote to stderr, at most 8 KiB, in the C locale; empty where git did not run. Untrusted text. */
  readonly stderr: string

  constructor(
    reason: GitErrorReason,
    message: string,
    options: ErrorOptions & { readonly stderr?: string } = {},
  ) {
    super(message, options)
    this.reason = reason
    this.stderr = options.stderr ?? ''
  }
}

const MAX_QUOTED = 300

/** Text from outside made fit for one line of a message: no control characters, at most 300 characters. */
export function quotable(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  return line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED)}…` : line
}
