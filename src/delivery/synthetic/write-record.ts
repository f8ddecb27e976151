import {
  type BranchCommitRecord,
  type PullRequestRecord,
  RECORD_VERSION,
  type RevertClaim,
  type TextKeys,
} from '../record.ts'
import { type Cast, type Person, personOf, type Repository, repositoryOf } from './cast.ts'
import { dependabot, releasePlease, traces } from './marks.ts'
import type { SyntheticOptions } from './options.ts'
import type { Plan } from './plan.ts'
import { createRandom, type Random } from './random.ts'
import { layTimeline } from './timeline.ts'
import { isoTime, writeCommits } from './write-commits.ts'
import { writeReviews } from './write-reviews.ts'

/** What records refer to beside their own plan. */
export interface Organisation {
  readonly options: SyntheticOptions
  readonly cast: Cast
  /** Version of the registry whose marks are written. */
  readonly registry: string
  numberOf(plan: Plan): number
}

/** What other records name of a change. */
interface Names {
  readonly title: TextKeys
  readonly merge: string
}

/** The record of a pull request as GitHub would have told it at the time of the reading. */
export function writePullRequest(plan: Plan, organisation: Organisation): PullRequestRecord {
  const { options, cast, registry } = organisation
  const until = Date.parse(options.asOf)
  const random = createRandom(options.seed, 3, plan.stream)
  const repository = repositoryOf(cast, plan.repository)
  const person = personOf(cast, plan.person)
  const number = organisation.numberOf(plan)
  const names = namesOf(plan, options)
  const timeline = layTimeline(plan, until, random)
  const commits = writeCommits(plan, timeline, person.key, random)
  const reviewers = reviewersOf(plan, repository, cast.people, random)
  const reviews = writeReviews(plan, timeline, { repository, reviewers, until }, random)
  const head = commits.at(-1)?.sha ?? null
  const own = { kind: 'person', person: person.key } as const
  const { agent, description = '', label } = traces[plan.mark]
  const opener = { dependencies: dependabot, release: releasePlease }[plan.kind as string] ?? agent
  const isDraft = plan.readyAt > plan.createdAt
  const labels = label === undefined ? [] : [label]
  return {
    record: 'pull-request',
    version: RECORD_VERSION,
    source: 'github',
    readAt: isoTime(until),
    registry,
    repository: { id: repository.id, name: repository.name },
    id: 3_000_000_000 + (repository.id - 700_000_000) * 10_000_000 + number,
    number,
    author: opener?.account ?? own,
    assignees: agent === undefined ? [] : [own],
    state: plan.ending,
    titleKeys: names.title,
    base: { name: 'main', longLived: true, tracked: true, sha: random.hex(40) },
    head: { ...headBranch(plan, organisation), sha: head, fork: false },
    createdAt: isoTime(plan.createdAt),
    openedAsDraft: isDraft,
    draftEvents:
      isDraft && plan.readyAt <= until ? [{ at: isoTime(plan.readyAt), to: 'ready' }] : [],
    baseChanges: [],
    pushes: [],
    commits,
    everSeenFirstCommitAt: commits[0]?.authoredAt ?? null,
    description: { marks: description, editedAt: null },
    ...reviews,
    reviewRequests: plan.rounds > 0 && plan.readyAt <= until ? [{ at: isoTime(plan.readyAt) }] : [],
    ...sizesOf(plan, timeline.commits, random),
    labels,
    labelEvents: labels.map((name) => ({
      label: name,
      action: 'added' as const,
      by: 'person' as const,
      at: isoTime(plan.createdAt),
    })),
    queueEvents: [],
    closes: plan.ending === 'closed' ? [{ at: isoTime(plan.endedAt) }] : [],
    reopens: [],
    merge: mergeOf(plan, { repository, own, commits, names, reviewers }, random),
    revertClaims: claimsOf(plan, organisation),
    truncated: [],
    unreadable: [],
  }
}

/** The record of a revert that was pushed straight to the branch. */
export function writeBranchCommit(plan: Plan, organisation: Organisation): BranchCommitRecord {
  const { options, cast } = organisation
  const repository = repositoryOf(cast, plan.repository)
  const names = namesOf(plan, options)
  const target = plan.target === null ? null : namesOf(plan.target, options)
  return {
    record: 'branch-commit',
    version: RECORD_VERSION,
    source: 'github',
    repository: { id: repository.id, name: repository.name },
    sha: names.merge,
    committedAt: isoTime(plan.endedAt),
    branchTracked: true,
    bot: null,
    titleKeys: names.title,
    size: { total: { files: filesOf(plan.lines), ...split(plan.lines) }, counted: null },
    revertClaims: [aClaim({ in: 'message', shas: target === null ? [] : [target.merge] })],
  }
}

function namesOf({ stream }: Plan, { seed }: SyntheticOptions): Names {
  const random = createRandom(seed, 4, stream)
  const whole = random.hex(16)
  const start = [random.hex(16), random.hex(16), random.hex(16)]
  return { title: { whole, bare: random.hex(16), start }, merge: random.hex(40) }
}

function reviewersOf(
  plan: Plan,
  repository: Repository,
  people: readonly Person[],
  random: Random,
): string[] {
  const others = repository.people.filter((person) => person !== plan.person)
  const drawn = [others[random.below(others.length)], others[random.below(others.length)]]
  return drawn.flatMap((person) => people[person ?? -1]?.key ?? [])
}

function headBranch(plan: Plan, organisation: Organisation) {
  const { kind, mark, target } = plan
  if (kind === 'merge-back') return { name: 'develop', longLived: true }
  if (kind === 'release') return { name: 'release-please--branches--main', longLived: false }
  if (kind === 'revert' && target !== null)
    return { name: `revert-${organisation.numberOf(target)}-…`, longLived: false }
  return { name: traces[mark].branch ?? null, longLived: false }
}

/** Files of a change by its lines, about. */
function filesOf(lines: number): number {
  return 1 + Math.floor(lines / 40)
}

function split(lines: number): { additions: number; deletions: number } {
  const deletions = Math.floor(lines * 0.3)
  return { additions: lines - deletions, deletions }
}

/** The size that it was opened with is the plan's; what came in review adds to it, and so do generated files. */
function sizesOf(plan: Plan, commits: readonly { sha: string; later: boolean }[], random: Random) {
  const heads = commits.filter(({ later }, index) => later || commits[index + 1]?.later !== false)
  let lines = plan.lines
  const grown = heads.map(({ sha, later }) => {
    if (later) lines += Math.ceil(plan.lines * random.between(0.02, 0.2))
    return { head: sha, lines }
  })
  const generated = random.chance(0.15) ? 20 + random.below(2_000) : 0
  const counted = { files: filesOf(lines), ...split(lines) }
  return {
    size: {
      total: {
        ...counted,
        files: counted.files + (generated > 0 ? 1 : 0),
        additions: counted.additions + generated,
      },
      counted,
    },
    sizeHistory: null,
    headDiffs: grown.map(({ head, lines: then }) => ({
      head,
      key: random.hex(16),
      changedSince: lines - then,
      lines: then,
    })),
  }
}

function mergeOf(
  plan: Plan,
  about: {
    readonly repository: Repository
    readonly own: { readonly kind: 'person'; readonly person: string }
    readonly commits: NonNullable<PullRequestRecord['commits']>
    readonly names: Names
    readonly reviewers: readonly string[]
  },
  random: Random,
): PullRequestRecord['merge'] {
  if (plan.ending !== 'merged') return null
  const { repository, own, commits, names, reviewers } = about
  const [reviewer] = reviewers
  const byReviewer = reviewer !== undefined && plan.rounds > 0 && random.chance(0.4)
  const by = byReviewer ? ({ kind: 'person', person: reviewer } as const) : own
  const last = commits.at(-1)
  const method = repository.mergeMethod
  const messages = {
    squash: squashMessage(commits),
    merge: '…\n\n…\n',
    rebase: last?.message ?? '',
  }
  return {
    at: isoTime(plan.endedAt),
    by,
    commit: names.merge,
    method,
    authoredAt: isoTime(plan.endedAt),
    author: method === 'merge' ? by : (last?.author ?? own),
    message: messages[method],
  }
}

/** GitHub keeps co-author lines when it squashes; other trailers go. */
function squashMessage(commits: NonNullable<PullRequestRecord['commits']>): string {
  const coAuthors = commits.flatMap(({ message }) =>
    message.split('\n').filter((line) => /^co-authored-by:/i.test(line)),
  )
  return coAuthors.length === 0 ? '…\n' : `…\n\n${[...new Set(coAuthors)].join('\n')}\n`
}

function claimsOf({ kind, target }: Plan, organisation: Organisation): RevertClaim[] {
  if (target === null || (kind !== 'revert' && kind !== 'reland')) return []
  const titles = [namesOf(target, organisation.options).title]
  const numbers = [organisation.numberOf(target)]
  return [aClaim({ in: 'title', kind, titles }), aClaim({ in: 'description', kind, numbers })]
}

function aClaim(claim: Partial<RevertClaim> & Pick<RevertClaim, 'in'>): RevertClaim {
  return {
    kind: 'revert',
    partial: false,
    aside: false,
    shas: [],
    numbers: [],
    titles: [],
    coverage: null,
    ...claim,
  }
}
