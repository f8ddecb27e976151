import {
  type GitHubApi,
  GitHubError,
  keepIssue,
  maximumOthers,
  readKeptIssue,
  roomForBody,
} from '../github/index.ts'
import { gitHubSays, withoutStop } from './github-says.ts'
import { logInfo, logNotice, logWarning } from './job-log.ts'
import { LimitError } from './patience.ts'

/** The label by which the issue is found again. */
const issueLabel = 'what-shipped-report'
const title = 'What Shipped: report of this repository'

/** What goes into the issue. */
interface IssueReport {
  /** What GitHub calls the repository under each of its names. */
  readonly repositoryId: string
  /** Day of the Monday that it is of. */
  readonly published: string
  /** The report as Markdown of at most so many bytes. */
  readonly render: (limit: number) => string
}

/**
 * Day of the report that stands in the issue. Whoever may edit the issue may have changed it.
 *
 * @returns undefined where no issue says one, or it is of another repository, as of a transferred issue
 * @throws GitHubError where GitHub does not answer
 */
export async function readLastReport(
  api: GitHubApi,
  repository: { readonly owner: string; readonly name: string },
  repositoryId: string,
): Promise<string | undefined> {
  const body = await readKeptIssue(api, repository, issueLabel)
  const [, id, published] = /^<!-- of repository (\S+) as of (\S+) -->/.exec(body ?? '') ?? []
  return id === repositoryId ? published : undefined
}

function memoryOf({ repositoryId, published }: IssueReport): string {
  return `<!-- of repository ${repositoryId} as of ${published} -->\n`
}

/**
 * Writes the report into the one issue that holds it. What the token may not do is a notice, and what GitHub does not do a
 * warning: the report is there all the same.
 */
export async function updateIssue(
  api: GitHubApi,
  repository: { readonly owner: string; readonly name: string },
  report: IssueReport,
): Promise<void> {
  const memory = memoryOf(report)
  const body = memory + report.render(roomForBody(issueLabel) - memory.length)
  const wanted = { title, label: issueLabel, body }
  try {
    const outcome = await keepIssue(api, repository, wanted)
    if (!outcome.done) {
      const { missing, said } = outcome
      const because = said === undefined ? '' : ` (${gitHubSays(said)})`
      logNotice(`${notPut}: ${reasons[missing]}${because}.`)
      return
    }
    if (outcome.withoutLabel !== undefined) {
      logWarning(
        `GitHub did not put the label ${outcome.withoutLabel} on issue #${outcome.number}. Put it on: without it the next run makes another issue.`,
      )
    }
    logInfo(`Issue #${outcome.number} ${changeWords[outcome.change]}`)
  } catch (error) {
    if (!(error instanceof GitHubError || error instanceof LimitError)) throw error
    const because = withoutStop(error.message)
    logWarning(`${notPut}: ${because}. Run the job again later.`)
  }
}

const notPut = 'The report was not put into an issue'

const reasons = {
  'issues: write': 'give the job `issues: write`',
  issues: 'issues are switched off in this repository',
  place: `more than ${maximumOthers} issues and pull requests carry the label ${issueLabel}; take it off those that are not this report`,
}

const changeWords = { made: 'was made', updated: 'is up to date', none: 'was up to date already' }
