import type { Urls } from '../exchange.ts'
import { nodeId } from '../node-id.ts'
import { type Fork, fullName, type Repository } from '../state.ts'
import { renderAccount } from './render-account.ts'

/** Links of a repository, by the part that follows its own URL. */
const links = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
}

export function repositoryUrl(repository: Fork, urls: Urls): string {
  return `${urls.api}/repos/${fullName(repository)}`
}

/** A repository as it stands inside a pull request; of a fork no more is known than its name. */
export function renderRepository(repository: Repository | Fork, urls: Urls) {
  const own = 'pullRequests' in repository ? repository : undefined
  const name = fullName(repository)
  const url = repositoryUrl(repository, urls)
  const page = `${urls.web}/${name}`
  const host = new URL(urls.web).host
  const openIssues = own?.pullRequests.filter(({ state }) => state === 'open').length ?? 0
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: name,
    private: repository.private,
    visibility: own?.internal ? 'internal' : repository.private ? 'private' : 'public',
    owner: renderAccount(repository.owner, urls),
    html_url: page,
    description: null,
    fork: own === undefined,
    url,
    ...Object.fromEntries(Object.entries(links).map(([key, rest]) => [key, url + rest])),
    git_url: `git://${host}/${name}.git`,
    ssh_url: `git@${host}:${name}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: own?.defaultBranch ?? 'main',
    size: 0,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    open_issues: openIssues,
    open_issues_count: openIssues,
    topics: [],
    is_template: false,
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: own?.archived ?? false,
    disabled: false,
    created_at: own?.createdAt ?? null,
    updated_at: own?.createdAt ?? null,
    pushed_at: own?.createdAt ?? null,
  }
}

/** A repository asked for by itself. */
export function renderFullRepository(repository: Repository, urls: Urls) {
  return { ...renderRepository(repository, urls), network_count: 0, subscribers_count: 0 }
}
