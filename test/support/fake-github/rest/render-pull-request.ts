import type { Urls } from '../exchange.ts'
import { nodeId } from '../node-id.ts'
import { fullName, type PullRequest, type Repository } from '../state.ts'
import { renderAccount } from './render-account.ts'
import { renderLabelsOf } from './render-label.ts'
import { renderRepository, repositoryUrl } from './render-repository.ts'

/** A pull request as lists show it. */
export function renderPullRequest(repository: Repository, pullRequest: PullRequest, urls: Urls) {
  const { number, base, head } = pullRequest
  const api = repositoryUrl(repository, urls)
  const url = `${api}/pulls/${number}`
  const issue = `${api}/issues/${number}`
  const page = `${urls.web}/${fullName(repository)}/pull/${number}`
  const links = {
    self: url,
    html: page,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${api}/statuses/${head.sha}`,
  }
  const headRepository = head.repository === 'same' ? repository : head.repository
  return {
    url,
    id: pullRequest.id,
    node_id: nodeId('PR', pullRequest.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    number,
    state: pullRequest.state,
    locked: false,
    title: pullRequest.title,
    user: renderAccount(pullRequest.author, urls),
    body: pullRequest.body,
    labels: renderLabelsOf(repository, pullRequest, urls),
    milestone: null,
    active_lock_reason: null,
    created_at: pullRequest.createdAt,
    updated_at: pullRequest.updatedAt,
    closed_at: pullRequest.closedAt,
    merged_at: pullRequest.mergedAt,
    merge_commit_sha: pullRequest.mergeCommit?.sha ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: {
      label: `${headRepository?.owner.login ?? 'unknown'}:${head.ref}`,
      ref: head.ref,
      sha: head.sha,
      user: headRepository === null ? null : renderAccount(headRepository.owner, urls),
      repo: headRepository === null ? null : renderRepository(headRepository, urls),
    },
    base: {
      label: `${repository.owner.login}:${base.ref}`,
      ref: base.ref,
      sha: base.sha,
      user: renderAccount(repository.owner, urls),
      repo: renderRepository(repository, urls),
    },
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: 'NONE',
    auto_merge: null,
    draft: pullRequest.draft,
  }
}

/** A pull request asked for by itself. */
export function renderFullPullRequest(
  repository: Repository,
  pullRequest: PullRequest,
  urls: Urls,
) {
  const open = pullRequest.state === 'open'
  return {
    ...renderPullRequest(repository, pullRequest, urls),
    merged: pullRequest.merged,
    mergeable: open ? true : null,
    rebaseable: open ? true : null,
    mergeable_state: open ? 'clean' : 'unknown',
    merged_by: pullRequest.merged ? renderAccount(pullRequest.mergedBy, urls) : null,
    comments: 0,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: pullRequest.commits.length,
    additions: pullRequest.additions,
    deletions: pullRequest.deletions,
    changed_files: pullRequest.changedFiles,
  }
}
