import type { PullRequestRecord } from '../delivery/index.ts'
import type { Commit, KnownMarks } from '../provenance/index.ts'
import type { Viewer } from './actor-node.ts'
import type { GitHubApi } from './api.ts'
import { toCommit } from './commit-node.ts'
import { goesOn, type PullRequestLists } from './complete-lists.ts'
import { GitHubError } from './github-error.ts'
import { readCommits } from './read-commits.ts'
import { addNotes } from './read-notes.ts'
import type { RepositoryName } from './records-options.ts'
import type { PageEntry, RecordsPage } from './records-page.ts'
import type { PullRequestNode } from './records-schema.ts'

type CommitOfSha = Commit & { readonly sha: string }

/** The commits of a pull request, as far as they could be read. */
export interface CommitsRead {
  /** Oldest first; null: they could not be read. */
  readonly commits: readonly CommitOfSha[] | null
  readonly complete: boolean
  readonly unreadable: PullRequestRecord['unreadable']
}

/** What the pull requests of one page have in common, and what is read for several of them at once. */
export class PageParts {
  readonly viewer: Viewer
  readonly repository: { readonly id: number | null; readonly name: string }
  /** Empty for a repository without commits. */
  readonly defaultBranch: readonly string[]
  readonly #page: RecordsPage
  /** Commits by sha with their notes, once they are asked for. */
  #noted: { readonly bySha: ReadonlyMap<string, Commit>; readonly truncated: number } | undefined

  readonly #headDiffs: boolean

  /** @param wanted whether the heads that were reviewed are compared */
  constructor(page: RecordsPage, wanted: { readonly headDiffs: boolean }) {
    const { databaseId, nameWithOwner, defaultBranchRef } = page.repository
    this.viewer = page.viewer
    this.repository = { id: databaseId, name: nameWithOwner }
    this.defaultBranch = defaultBranchRef === null ? [] : [defaultBranchRef.name]
    this.#page = page
    this.#headDiffs = wanted.headDiffs
  }

  /** The address that the repository has now: by an old name, every call by REST would be redirected. */
  get address(): RepositoryName {
    const [owner = '', name = ''] = this.repository.name.split('/')
    return { owner, name }
  }

  /** Whether the pull request takes requests of its own: what was read before it is worth keeping first. */
  needsRequests({ node, contents }: PageEntry): boolean {
    if (node === null) return false
    return !contents || goesOn(node) || (this.#headDiffs && isReviewedElsewhere(node))
  }

  /** The commits, from the page where the token may read contents, and otherwise by REST. */
  async readCommits(
    api: GitHubApi,
    node: PullRequestNode,
    lists: PullRequestLists,
    marks: KnownMarks,
  ): Promise<CommitsRead> {
    if (lists.commits === undefined) return this.#listCommits(api, node)
    const commits = distinct(lists.commits.map((commit) => toCommit(commit, marks)))
    // A push between two pages shifts them: what comes twice stands where something else is missing.
    const complete =
      !lists.cut.has('commits') &&
      commits.length === lists.commits.length &&
      (commits.length === 0 || commits.some(({ sha }) => sha === node.headRefOid))
    const noted = await this.#addNotes(api, node.number, commits, marks)
    return { ...noted, complete }
  }

  async #listCommits(api: GitHubApi, node: PullRequestNode): Promise<CommitsRead> {
    const { number, baseRefOid: baseSha, headRefOid: headSha } = node
    try {
      const { commits, complete } = await readCommits(
        api,
        { ...this.address, number },
        {
          baseSha,
          headSha,
        },
      )
      return { commits: withSha(commits), complete, unreadable: ['contents'] }
    } catch (error) {
      const refused =
        error instanceof GitHubError && ['permission', 'not-found'].includes(error.failure)
      if (!refused) throw error
      return { commits: null, complete: true, unreadable: ['contents'] }
    }
  }

  /** A repository without authorship notes costs nothing; else those of all commits of the page are asked for together. */
  async #addNotes(
    api: GitHubApi,
    number: number,
    commits: readonly CommitOfSha[],
    marks: KnownMarks,
  ): Promise<Pick<CommitsRead, 'commits' | 'unreadable'>> {
    const tip = this.#page.repository.notes?.target?.oid
    if (tip === undefined) return { commits, unreadable: [] }
    const address = { ...this.address, number }
    this.#noted ??= await this.#notePage(api, tip, marks)
    const { bySha, truncated } = this.#noted
    if (truncated === 0 && commits.every(({ sha }) => bySha.has(sha))) {
      return {
        commits: commits.map((commit) => withNotesOf(commit, bySha.get(commit.sha))),
        unreadable: [],
      }
    }
    const own = await addNotes(api, address, tip, commits)
    return { commits: withSha(own.commits), unreadable: own.truncated > 0 ? ['blobs'] : [] }
  }

  async #notePage(api: GitHubApi, tip: string, marks: KnownMarks) {
    const commits = this.#page.entries.flatMap(({ node, contents }) =>
      contents ? (node?.commits?.items ?? []).map((commit) => toCommit(commit, marks)) : [],
    )
    const { commits: noted, truncated } = await addNotes(
      api,
      { ...this.address, number: 0 },
      tip,
      commits,
    )
    return { bySha: new Map(withSha(noted).map((commit) => [commit.sha, commit])), truncated }
  }
}

/** Whether a head was reviewed that is not the last one. */
function isReviewedElsewhere({ reviews, headRefOid }: PullRequestNode): boolean {
  return reviews?.items.some(({ commit }) => commit?.oid !== headRefOid) ?? false
}

function withNotesOf(commit: CommitOfSha, noted: Commit | undefined): CommitOfSha {
  return noted?.notes === undefined ? commit : { ...commit, notes: noted.notes }
}

function withSha(commits: readonly Commit[]): CommitOfSha[] {
  return commits.flatMap(({ sha, ...rest }) => (sha === undefined ? [] : [{ sha, ...rest }]))
}

function distinct(commits: readonly CommitOfSha[]): CommitOfSha[] {
  return [...new Map(commits.map((commit) => [commit.sha, commit])).values()]
}
