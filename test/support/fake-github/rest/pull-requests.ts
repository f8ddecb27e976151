import { json, notFound, problem, type Reply } from '../exchange.ts'
import { readGit, resolveCommit } from '../git.ts'
import { nodeId } from '../node-id.ts'
import { needs } from '../permissions.ts'
import { findPullRequest, type PullRequest } from '../state.ts'
import { paginate } from './paginate.ts'
import { renderAccount } from './render-account.ts'
import { renderCommit } from './render-commit.ts'
import { renderFullPullRequest, renderPullRequest } from './render-pull-request.ts'
import { repositoryUrl } from './render-repository.ts'
import type { RestContext, Route } from './route.ts'

/** GitHub's cap, over all pages: the oldest commits are listed. */
export const maximumListedCommits = 250

export const pullRequestRoutes: readonly Route[] = [
  { operation: 'pulls/get', need: needs.pullRequests, handle: getPullRequest },
  { operation: 'pulls/list-commits', need: needs.pullRequests, handle: listCommits },
  { operation: 'issues/list-events', need: needs.pullRequests, handle: listEvents },
  {
    operation: 'repos/list-pull-requests-associated-with-commit',
    need: needs.pullRequests,
    handle: listPullRequestsOfCommit,
  },
]

/** The pull request that the path names; an issue is none. */
export function pullRequestOf(
  { repository, param }: RestContext,
  parameter: 'pull_number' | 'issue_number',
): PullRequest | undefined {
  return findPullRequest(repository, Number(param(parameter)))
}

function getPullRequest(context: RestContext): Reply {
  const { repository, call } = context
  const pullRequest = pullRequestOf(context, 'pull_number')
  if (pullRequest === undefined) return notFound()
  return json(200, renderFullPullRequest(repository, pullRequest, call.urls))
}

function listCommits(context: RestContext): Reply {
  const { repository, call } = context
  const pullRequest = pullRequestOf(context, 'pull_number')
  if (pullRequest === undefined) return notFound()
  const git = readGit(repository)
  const listed = pullRequest.commits.slice(0, maximumListedCommits)
  const { items, headers } = paginate(repository, call, listed)
  return json(
    200,
    items.map((commit) => renderCommit(git, commit, call.urls)),
    headers,
  )
}

function listEvents(context: RestContext): Reply {
  const { repository, call } = context
  const pullRequest = pullRequestOf(context, 'issue_number')
  if (pullRequest === undefined) return notFound()
  const { items, headers } = paginate(repository, call, pullRequest.labelEvents)
  const events = items.map(({ id, type, label, actor, createdAt }) => ({
    id,
    node_id: nodeId(type === 'labeled' ? 'LE' : 'ULE', id),
    url: `${repositoryUrl(repository, call.urls)}/issues/events/${id}`,
    actor: renderAccount(actor, call.urls),
    event: type,
    commit_id: null,
    commit_url: null,
    created_at: createdAt,
    label,
    performed_via_github_app: null,
  }))
  return json(200, events, headers)
}

/** Merged ones where the commit came into the default branch by them, else all that hold it and were not given up. */
function listPullRequestsOfCommit({ repository, call, param }: RestContext): Reply {
  const revision = param('commit_sha')
  const commit = resolveCommit(readGit(repository), revision)
  if (commit === undefined) return problem(422, `No commit found for SHA: ${revision}`)
  const holding = repository.pullRequests.filter(
    ({ commits, mergeCommit }) =>
      mergeCommit?.sha === commit.sha || commits.some(({ sha }) => sha === commit.sha),
  )
  const introducing = holding.filter(
    ({ merged, base }) => merged && base.ref === repository.defaultBranch,
  )
  const associated =
    introducing.length > 0
      ? introducing
      : holding.filter(({ state, merged }) => state === 'open' || merged)
  const { items, headers } = paginate(repository, call, associated)
  return json(
    200,
    items.map((pullRequest) => renderPullRequest(repository, pullRequest, call.urls)),
    headers,
  )
}
