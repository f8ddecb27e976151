import { type Call, json, notFound, problem, type Reply } from '../exchange.ts'
import { compareCommits, readGit, resolveCommit } from '../git.ts'
import { needs } from '../permissions.ts'
import { type Commit, fullName, type Repository } from '../state.ts'
import { type Page, paginate } from './paginate.ts'
import { renderCommit } from './render-commit.ts'
import { renderFiles } from './render-files.ts'
import { repositoryUrl } from './render-repository.ts'
import type { RestContext, Route } from './route.ts'

/** What a comparison lists when it is asked for without pages: the newest. */
const unpagedCommits = 250

export const compareRoutes: readonly Route[] = [
  { operation: 'repos/compare-commits-with-basehead', need: needs.contents, handle: compare },
]

/** Files stand on the first page only. */
function compare({ repository, call, param }: RestContext): Reply {
  const basehead = param('basehead')
  const [from, to, ...rest] = basehead.split('...')
  if (from === undefined || to === undefined || rest.length > 0) return notFound()
  const git = readGit(repository)
  const base = resolveCommit(git, from)
  const head = resolveCommit(git, to)
  if (base === undefined || head === undefined) return notFound()
  const comparison = compareCommits(git, base, head)
  if (comparison === undefined) {
    return problem(404, `No common ancestor between ${from} and ${to}.`)
  }
  const { ahead, behind, mergeBase } = comparison
  const { items, headers } = pageOf(repository, call, ahead)
  const page = `${urlsOf(repository, call).page}/compare/${basehead}`
  const isFirst = Number(call.query.get('page') ?? 1) === 1
  const render = (commit: Commit) => renderCommit(git, commit, call.urls)
  return json(
    200,
    {
      url: `${urlsOf(repository, call).api}/compare/${encodeURIComponent(basehead)}`,
      html_url: encodeURI(page),
      permalink_url: encodeURI(page),
      diff_url: encodeURI(`${page}.diff`),
      patch_url: encodeURI(`${page}.patch`),
      base_commit: render(base),
      merge_base_commit: render(mergeBase),
      status: statusOf(ahead.length, behind.length),
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits: items.map(render),
      ...(isFirst ? { files: renderFiles(git, mergeBase, head, call) } : {}),
    },
    headers,
  )
}

function pageOf(repository: Repository, call: Call, ahead: readonly Commit[]): Page<Commit> {
  const paged = call.query.has('page') || call.query.has('per_page')
  return paged
    ? paginate(repository, call, ahead)
    : { items: ahead.slice(-unpagedCommits), headers: {} }
}

function urlsOf(repository: Repository, { urls }: Call) {
  return { api: repositoryUrl(repository, urls), page: `${urls.web}/${fullName(repository)}` }
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged'
  if (ahead > 0) return 'ahead'
  return behind > 0 ? 'behind' : 'identical'
}
