import { aLabel, anIssue, writeTime } from '../builders.ts'
import { json, notFound, problem, type Reply, type Urls } from '../exchange.ts'
import { nodeId } from '../node-id.ts'
import { needs } from '../permissions.ts'
import { findLabel, type Issue, type PullRequest, type Repository, sameName } from '../state.ts'
import { paginate } from './paginate.ts'
import { renderAccount } from './render-account.ts'
import { renderLabel } from './render-label.ts'
import { renderPullRequest } from './render-pull-request.ts'
import { repositoryUrl } from './render-repository.ts'
import type { RestContext, Route } from './route.ts'

const maximumBodyLength = 65_536

export const issueRoutes: readonly Route[] = [
  { operation: 'issues/list-for-repo', need: needs.readIssues, handle: listIssues },
  { operation: 'issues/create', need: needs.writeIssues, handle: createIssue },
  { operation: 'issues/update', need: needs.writeIssues, handle: updateIssue },
]

/** Pull requests are among them, as on GitHub. By number, which is by creation. */
function listIssues({ repository, call }: RestContext): Reply {
  const { query, urls } = call
  const wanted = query.get('labels')?.split(',') ?? []
  const state = query.get('state') ?? 'open'
  const found = [...repository.issues, ...repository.pullRequests]
    .filter(
      (issue) =>
        (state === 'all' || issue.state === state) &&
        wanted.every((name) => issue.labels.some((label) => sameName(label, name))),
    )
    .toSorted((one, other) => one.number - other.number)
  const ordered = query.get('direction') === 'asc' ? found : found.toReversed()
  const { items, headers } = paginate(repository, call, ordered)
  return json(
    200,
    items.map((issue) =>
      'head' in issue
        ? renderAsIssue(repository, issue, urls)
        : renderIssue(repository, issue, urls),
    ),
    headers,
  )
}

/** The body's shape is GitHub's by now: see `answerRest`. */
interface IssueChange {
  readonly title?: string
  readonly body?: string
  readonly state?: Issue['state']
  readonly state_reason?: Issue['stateReason']
  readonly labels?: readonly string[]
}

function createIssue({ state, repository, call, now }: RestContext): Reply {
  const { title = '', body = null, labels = [] } = call.body as IssueChange
  const refused = faultOf(body)
  if (refused !== undefined) return refused
  for (const name of labels) {
    if (findLabel(repository, name) === undefined) repository.labels.push(aLabel(name))
  }
  const numbers = [...repository.issues, ...repository.pullRequests].map(({ number }) => number)
  const issue = anIssue({
    number: Math.max(0, ...numbers) + 1,
    title,
    body,
    labels: [...labels],
    author: state.viewer,
    createdAt: writeTime(now),
    updatedAt: writeTime(now),
  })
  repository.issues.push(issue)
  return json(201, renderIssue(repository, issue, call.urls))
}

function updateIssue({ repository, call, param, now }: RestContext): Reply {
  const issue = repository.issues.find(({ number }) => String(number) === param('issue_number'))
  if (issue === undefined) return notFound()
  const change = call.body as IssueChange
  const refused = faultOf(change.body ?? null)
  if (refused !== undefined) return refused
  if (change.title !== undefined) issue.title = change.title
  if (change.body !== undefined) issue.body = change.body
  if (change.state !== undefined && change.state !== issue.state) {
    issue.state = change.state
    issue.stateReason =
      change.state_reason ?? (change.state === 'closed' ? 'completed' : 'reopened')
    issue.closedAt = change.state === 'closed' ? writeTime(now) : null
  }
  issue.updatedAt = writeTime(now)
  return json(200, renderIssue(repository, issue, call.urls))
}

function faultOf(body: string | null): Reply | undefined {
  if (body === null || [...body].length <= maximumBodyLength) return undefined
  const message = `body is too long (maximum is ${maximumBodyLength} characters)`
  return problem(422, 'Validation Failed', {
    errors: [{ resource: 'Issue', field: 'body', code: 'custom', message }],
  })
}

/** A pull request as lists of issues show it. */
function renderAsIssue(repository: Repository, pullRequest: PullRequest, urls: Urls) {
  const rendered = renderPullRequest(repository, pullRequest, urls)
  const { html_url, diff_url } = rendered
  const merged_at = pullRequest.mergedAt
  return {
    ...renderIssue(repository, { ...pullRequest, stateReason: null }, urls),
    html_url,
    pull_request: {
      url: rendered.url,
      html_url,
      diff_url,
      patch_url: `${html_url}.patch`,
      merged_at,
    },
  }
}

function renderIssue(repository: Repository, issue: Issue, urls: Urls) {
  const parent = repositoryUrl(repository, urls)
  const url = `${parent}/issues/${issue.number}`
  return {
    id: issue.id,
    node_id: nodeId('I', issue.id),
    url,
    repository_url: parent,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${urls.web}/${repository.owner.login}/${repository.name}/issues/${issue.number}`,
    number: issue.number,
    state: issue.state,
    state_reason: issue.stateReason,
    title: issue.title,
    body: issue.body,
    user: renderAccount(issue.author, urls),
    labels: issue.labels.flatMap((name) => {
      const label = findLabel(repository, name)
      return label === undefined ? [] : [renderLabel(repository, label, urls)]
    }),
    assignee: null,
    assignees: [],
    milestone: null,
    locked: false,
    comments: 0,
    closed_at: issue.closedAt,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
  }
}
