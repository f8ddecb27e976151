import type { GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'
import { type ListName, listNames, listsQuery } from './records-query.ts'
import {
  type CommitNode,
  type FileNode,
  ListsReplySchema,
  type PullRequestNode,
  type ReviewNode,
  type ThreadNode,
  type TimelineItem,
} from './records-schema.ts'
import { fullPages, type ListSizes } from './records-sizes.ts'

/** The lists of a pull request, read to their end or named in `cut`. */
export interface PullRequestLists {
  /** Undefined: without `contents: read`. */
  readonly commits: readonly CommitNode[] | undefined
  readonly reviews: readonly ReviewNode[]
  readonly reviewThreads: readonly ThreadNode[]
  readonly timelineItems: readonly TimelineItem[]
  readonly files: readonly FileNode[]
  readonly cut: ReadonlySet<ListName>
}

/** GitHub takes 10,000 commits in a pull request, a hundred pages; no other list comes near. */
const maximumPages = 100

interface Items {
  commits: CommitNode[]
  reviews: ReviewNode[]
  reviewThreads: ThreadNode[]
  timelineItems: TimelineItem[]
  files: FileNode[]
}

type Pages = { readonly [Name in ListName]?: Page<Items[Name][number]> | null | undefined }

interface Page<Item> {
  readonly items: readonly Item[]
  readonly after: string | null
  readonly missing: number
}

/** Whether something of a pull request is still to be read, for which a request is needed. */
export function goesOn(node: PullRequestNode): boolean {
  return listNames.some((name) => node[name]?.after != null)
}

/** Reads the lists that go on, all of them together, a request per page. */
export async function completeLists(
  api: GitHubApi,
  repository: { readonly owner: string; readonly name: string },
  node: PullRequestNode,
  contents: boolean,
): Promise<PullRequestLists> {
  const items: Items = { commits: [], reviews: [], reviewThreads: [], timelineItems: [], files: [] }
  const cut = new Set<ListName>()
  const after: Partial<Record<ListName, string>> = {}
  const take = <Item>(name: ListName, into: Item[], page: Page<Item> | null | undefined) => {
    if (!page) return
    into.push(...page.items)
    if (page.missing > 0) cut.add(name)
    if (page.after === null) delete after[name]
    else after[name] = page.after
  }
  const takeAll = (lists: Pages) => {
    take('commits', items.commits, contents ? lists.commits : null)
    take('reviews', items.reviews, lists.reviews)
    take('reviewThreads', items.reviewThreads, lists.reviewThreads)
    take('timelineItems', items.timelineItems, lists.timelineItems)
    take('files', items.files, lists.files)
  }
  takeAll(node)
  let sizes = fullPages
  for (let pages = 0; Object.keys(after).length > 0; pages += 1) {
    const asked = pages < maximumPages ? await ask(sizes) : 'gone'
    if (asked === 'gone') break
    if (asked === 'too much') sizes = halved(sizes)
    else takeAll(asked)
  }
  for (const name of listNames) if (after[name] !== undefined) cut.add(name)
  return { ...items, commits: contents && node.commits ? items.commits : undefined, cut }

  async function ask(lists: ListSizes) {
    try {
      const { data, forbidden } = await api.query(
        listsQuery,
        {
          ...repository,
          number: node.number,
          contents,
          ...lists,
          ...Object.fromEntries(
            listNames.flatMap((name) => [
              [`${name}More`, after[name] !== undefined],
              [`${name}After`, after[name] ?? null],
            ]),
          ),
        },
        ListsReplySchema,
        { divisible: lists.commits > 1 },
      )
      // What could be read before may not be any more: the rest is left out, and flagged.
      return forbidden.length > 0 ? 'gone' : (data.repository?.pullRequest ?? 'gone')
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error
      if (error.failure === 'not-found') return 'gone'
      if (error.tooMuch && lists.commits > 1) return 'too much'
      throw error
    }
  }
}

function halved(sizes: ListSizes): ListSizes {
  const half = (size: number) => Math.max(1, Math.floor(size / 2))
  return {
    comments: sizes.comments,
    commits: half(sizes.commits),
    reviews: half(sizes.reviews),
    reviewThreads: half(sizes.reviewThreads),
    timelineItems: half(sizes.timelineItems),
    files: half(sizes.files),
  }
}
