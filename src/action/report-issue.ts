import * as core from '@actions/core'
import {
  type GitHubApi,
  GitHubError,
  keepIssue,
  maximumOthers,
  roomForBody,
} from '../github/index.ts'
import { visibleText } from '../report/index.ts'
import { LimitError } from './patience.ts'

/** The label by which the issue is found again. */
export const issueLabel = 'what-shipped-report'
const title = 'What Shipped: report of this repository'

/**
 * Writes the report into the one issue that holds it. What the token may not do is a notice, and what GitHub does not do a
 * warning: the report is there all the same.
 *
 * @param render the report as Markdown of at most so many bytes
 */
export async function updateIssue(
  api: GitHubApi,
  repository: { readonly owner: string; readonly name: string },
  render: (limit: number) => string,
): Promise<void> {
  const wanted = { title, label: issueLabel, body: render(roomForBody(issueLabel)) }
  try {
    const outcome = await keepIssue(api, repository, wanted)
    if (!outcome.done) {
      const { missing, said } = outcome
      const because = said === undefined ? '' : ` (GitHub says: ${withoutStop(said)})`
      core.notice(visibleText(`${notPut}: ${reasons[missing]}${because}.`, 500))
      return
    }
    if (outcome.withoutLabel !== undefined) {
      core.warning(
        `GitHub did not put the label ${outcome.withoutLabel} on issue #${outcome.number}. Put it on: without it the next run makes another issue.`,
      )
    }
    core.info(`Issue #${outcome.number} ${changeWords[outcome.change]}`)
  } catch (error) {
    if (!(error instanceof GitHubError || error instanceof LimitError)) throw error
    const because = withoutStop(error.message)
    core.warning(visibleText(`${notPut}: ${because}. Run the job again later.`, 500))
  }
}

const notPut = 'The report was not put into an issue'

const reasons = {
  'issues: write': 'give the job `issues: write`',
  issues: 'issues are switched off in this repository',
  place: `more than ${maximumOthers} issues and pull requests carry the label ${issueLabel}; take it off those that are not this report`,
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}

const changeWords = { made: 'was made', updated: 'is up to date', none: 'was up to date already' }
