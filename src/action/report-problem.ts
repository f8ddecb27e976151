import { GitHubError } from '../github/index.ts'
import { gitHubSays, withoutStop } from './github-says.ts'
import { LimitError } from './patience.ts'

/** What decides what to advise. */
interface Situation {
  /** Whether runs keep what they read. */
  readonly keeps: boolean
  /** Whether something is kept for the next run. */
  readonly kept: boolean
  /** Whether the token may read contents; undefined: not known yet. */
  readonly contents: boolean | undefined
}

/** Why there is no report, in one line that says what to do; what has nothing to do with GitHub is given back as it is. */
export function reportProblem(error: unknown, situation: Situation): unknown {
  const limit = limitOf(error)
  if (limit !== undefined) return new Error(outOfCalls(limit, situation), { cause: error })
  if (!(error instanceof GitHubError)) return error
  return new Error(advice(error, situation), { cause: error })
}

function advice({ failure, message }: GitHubError, { kept }: Situation): string {
  const said = gitHubSays(message)
  switch (failure) {
    case 'permission':
      return `The token may not read the pull requests (${said}). Give the job \`permissions: pull-requests: read\`.`
    case 'not-found':
      return `The token may not see this repository (${said}). Check that it is one of this repository.`
    case 'token':
      return `${withoutStop(message)}. Leave the input github-token out to use the job's own token.`
    default:
      return `No report: ${withoutStop(message)}. ${again(kept)}`
  }
}

function limitOf(error: unknown): string | undefined {
  if (error instanceof LimitError) return error.message
  return error instanceof GitHubError && error.limitedUntil !== undefined
    ? error.message
    : undefined
}

function outOfCalls(message: string, { keeps, kept, contents }: Situation): string {
  const fewer =
    contents === false
      ? ' Give it `contents: read`: without that each pull request takes a call of its own.'
      : keeps
        ? ''
        : ' With the input pseudonym-key a later run goes on where this one stopped.'
  return `No report: ${message}, longer than a run waits, and a part is no report. ${again(kept)}${fewer}`
}

function again(kept: boolean): string {
  return kept
    ? 'What was read is kept: run the job again later, and it goes on from there.'
    : 'Run the job again later.'
}
