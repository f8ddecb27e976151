import fc from 'fast-check'
import { type Account, anAccount, type CommitInit, minute } from '../fake-github/index.ts'
import type { HistoryEvent, PullRequestHistory } from '../fake-github/pull-request-history.ts'

/** The people and bots of a random history. Addresses carry the account's number, as GitHub's own do. */
export const people = {
  author: anAccount('dev'),
  reviewer: anAccount('reviewer'),
  maintainer: anAccount('maintainer'),
  bot: anAccount('helper[bot]'),
  aiReviewer: anAccount('coderabbitai[bot]', { id: 136622811 }),
} as const satisfies Record<string, Account>

const reviewers = [
  people.reviewer,
  people.maintainer,
  people.bot,
  people.aiReviewer,
  null,
  people.author,
]

/** A thing that somebody tries to do; what cannot be done as the pull request stands is left out. */
interface Attempt {
  readonly does: HistoryEvent['type']
  /** Minutes since the last. */
  readonly after: number
  readonly who: number
  readonly pick: number
  readonly commits: readonly CommitInit[]
  readonly forced: boolean
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED'
  readonly threads: number
  readonly label: string
  readonly base: string
  readonly method: 'squash' | 'merge' | 'rebase' | 'push'
}

const marks = ['', '', '\n\nCo-Authored-By: Claude <noreply@anthropic.com>']

function addressOf({ id, login }: Account): string {
  return `${id}+${login}@users.noreply.github.com`
}

function commits(): fc.Arbitrary<readonly CommitInit[]> {
  const commit = fc
    .record({
      subject: fc.constantFrom('Add a widget', 'Mend the widget', 'Paint it'),
      number: fc.nat({ max: 1_000_000 }),
      mark: fc.constantFrom(...marks),
    })
    .map(({ subject, number, mark }): CommitInit => {
      const author = { name: 'Dev', email: addressOf(people.author) }
      return { message: `${subject} ${number}${mark}`, author }
    })
  return fc.array(commit, { minLength: 1, maxLength: 3 })
}

function attempts(): fc.Arbitrary<readonly Attempt[]> {
  return fc.array(
    fc.record({
      does: fc.constantFrom<HistoryEvent['type']>(
        'push',
        'push',
        'ready',
        'draft',
        'review',
        'review',
        'review',
        'reply',
        'resolve',
        'dismiss',
        'label',
        'unlabel',
        'retarget',
        'close',
        'reopen',
        'request-review',
        'queue',
        'unqueue',
        'auto-merge-on',
        'auto-merge-off',
        'merge',
      ),
      after: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 600, max: 20_000 })),
      who: fc.nat({ max: reviewers.length - 1 }),
      pick: fc.nat({ max: 20 }),
      commits: commits(),
      forced: fc.boolean(),
      state: fc.constantFrom('APPROVED', 'CHANGES_REQUESTED', 'COMMENTED'),
      threads: fc.nat({ max: 2 }),
      label: fc.constantFrom('bug', 'ai:assisted', 'claude-code-assisted'),
      base: fc.constantFrom('main', 'release/1'),
      method: fc.constantFrom('squash', 'merge', 'rebase', 'push'),
    }),
    { maxLength: 14 },
  )
}

/** How the pull request stands while a history is put together. */
interface Standing {
  draft: boolean
  open: boolean
  base: string
  queued: boolean
  autoMerge: boolean
  readonly labels: Set<string>
  /** Places of reviews that can be dismissed. */
  readonly dismissible: number[]
  reviews: number
  threads: number
  readonly resolved: Set<number>
}

/** A random life of one pull request: whatever GitHub lets happen, in an order in which it can. */
export function aHistory(number = 7): fc.Arbitrary<PullRequestHistory> {
  return fc
    .record({
      draft: fc.boolean(),
      author: fc.constantFrom(people.author, people.author, people.author, null),
      branch: fc.constantFrom(`change-${number}`, 'codex/add-a-widget'),
      body: fc.constantFrom(
        null,
        'Adds a widget.',
        '🤖 Generated with [Claude Code](https://claude.com/claude-code)',
      ),
      commits: commits(),
      attempts: attempts(),
      ends: fc.boolean(),
      method: fc.constantFrom<Attempt['method']>('squash', 'merge', 'rebase'),
    })
    .map(({ attempts: tried, ends, method, ...opened }) => {
      const standing: Standing = {
        draft: opened.draft,
        open: true,
        base: 'main',
        queued: false,
        autoMerge: false,
        labels: new Set(),
        dismissible: [],
        reviews: 0,
        threads: 0,
        resolved: new Set(),
      }
      const events: HistoryEvent[] = []
      let now = 30
      for (const attempt of tried) {
        const event = happens(attempt, standing, minute(now + attempt.after))
        if (event === undefined) continue
        now += attempt.after
        events.push(event)
        if (event.type === 'merge') break
      }
      const last = events.at(-1)
      if (ends && standing.open && last?.type !== 'merge') {
        events.push({ type: 'merge', at: minute(now + 60), by: people.maintainer, method })
      }
      return { ...opened, number, title: `Widget ${number}`, openedAt: minute(30), events }
    })
}

/** What an attempt comes to, and how things stand after it; undefined where it cannot be. */
function happens(attempt: Attempt, standing: Standing, at: string): HistoryEvent | undefined {
  const by = reviewers[attempt.who] ?? null
  const { does, label } = attempt
  switch (does) {
    case 'push':
      return { type: does, at, commits: attempt.commits, forced: attempt.forced }
    case 'ready':
    case 'draft':
      if (standing.draft === (does === 'draft')) return undefined
      standing.draft = does === 'draft'
      return { type: does, at }
    case 'review':
      if (attempt.state !== 'COMMENTED') standing.dismissible.push(standing.reviews)
      standing.reviews += 1
      standing.threads += attempt.threads
      return { type: does, at, by, state: attempt.state, threads: attempt.threads }
    case 'reply':
      if (standing.threads === 0) return undefined
      standing.reviews += 1
      return { type: does, at, by, thread: attempt.pick % standing.threads }
    case 'resolve': {
      const thread = attempt.pick % Math.max(standing.threads, 1)
      if (standing.threads === 0 || standing.resolved.has(thread)) return undefined
      standing.resolved.add(thread)
      return { type: does, at, thread }
    }
    case 'dismiss': {
      const [review] = standing.dismissible.splice(
        attempt.pick % (standing.dismissible.length || 1),
        1,
      )
      return review === undefined ? undefined : { type: does, at, by: people.maintainer, review }
    }
    case 'label':
    case 'unlabel':
      if (standing.labels.has(label) === (does === 'label')) return undefined
      if (does === 'label') standing.labels.add(label)
      else standing.labels.delete(label)
      return { type: does, at, by, label }
    case 'retarget':
      if (standing.base === attempt.base) return undefined
      standing.base = attempt.base
      return { type: does, at, base: attempt.base }
    case 'close':
    case 'reopen':
      if (standing.open === (does === 'reopen')) return undefined
      standing.open = does === 'reopen'
      return { type: does, at, by }
    case 'queue':
    case 'unqueue':
      if (standing.queued === (does === 'queue')) return undefined
      standing.queued = does === 'queue'
      return { type: does, at, by: people.maintainer }
    case 'auto-merge-on':
    case 'auto-merge-off':
      if (standing.autoMerge === (does === 'auto-merge-on')) return undefined
      standing.autoMerge = does === 'auto-merge-on'
      return { type: does, at, by: people.maintainer }
    case 'merge':
      return standing.open
        ? { type: does, at, by: people.maintainer, method: attempt.method }
        : undefined
    default:
      return { type: does, at }
  }
}
