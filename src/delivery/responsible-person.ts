import type { Actor, PullRequestRecord, RecordedCommit } from './record.ts'
import { timeOf } from './recorded-time.ts'

/**
 * How the person was found. `author`: opened it, or wrote what was merged where nobody is told to have opened it. The rest
 * is for what a bot opened: its `assignee`, a `co-author`, who authored or pushed a `commit`, the `merger`, or `nobody`.
 */
export type ResponsibleBasis = 'author' | 'assignee' | 'co-author' | 'commit' | 'merger' | 'nobody'

/** Whose change it is: the unit that is never split when numbers are compared. Never shown, never a filter. */
export interface ResponsiblePerson {
  /** The person's key; where nobody is found, a text that stands for the bot in this repository. */
  readonly key: string
  readonly basis: ResponsibleBasis
  /** The account that opened it is deleted, so a deleted account's review may be the author's own. */
  readonly openerDeleted: boolean
}

/**
 * Finds the responsible person: who opened the change if that is a person, else who started the bot. All changes of a bot
 * for which nobody is found count as those of one person (docs/method.md, Which changes).
 */
export function responsiblePerson(record: PullRequestRecord): ResponsiblePerson {
  const { author } = record
  const openerDeleted = author?.kind === 'unknown'
  const found = author?.kind === 'bot' ? starter(record) : openerOf(record)
  return { ...(found ?? { key: standIn(record), basis: 'nobody' }), openerDeleted }
}

type Found = Pick<ResponsiblePerson, 'key' | 'basis'>

/** A clone does not tell who opened it: GitHub makes that person the author of a squash commit. */
function openerOf(record: PullRequestRecord): Found | undefined {
  const { author, merge } = record
  if (author?.kind === 'person') return { key: author.person, basis: 'author' }
  const squashed = merge?.method === 'squash' ? merge.author : null
  if (squashed?.kind === 'person') return { key: squashed.person, basis: 'author' }
  return named('commit', commitPeople(record))
}

/** Who started the bot that opened it. A person named in two ways comes before one named in one. */
function starter(record: PullRequestRecord): Found | undefined {
  const assignees = people(record.assignees ?? [])
  const coAuthors = (record.commits ?? []).flatMap(coAuthorKeys)
  const others = [...pushers(record), ...commitPeople(record)]
  const assignee = assignees.filter((key) => [...coAuthors, ...others].includes(key))
  return (
    named('assignee', assignee.toSorted()) ??
    named('assignee', assignees.toSorted()) ??
    named('co-author', coAuthors) ??
    named('commit', others) ??
    named('merger', people(record.merge?.by ? [record.merge.by] : []))
  )
}

function named(basis: ResponsibleBasis, keys: readonly string[]): Found | undefined {
  const [key] = keys
  return key === undefined ? undefined : { key, basis }
}

function people(actors: readonly Actor[]): string[] {
  return actors.flatMap((actor) => (actor.kind === 'person' ? [actor.person] : []))
}

/** First who pushed first. */
function pushers({ pushes }: PullRequestRecord): string[] {
  const inOrder = (pushes ?? []).toSorted((one, other) => timeOf(one.at) - timeOf(other.at))
  return people(inOrder.flatMap(({ by }) => by ?? []))
}

function commitPeople({ commits }: PullRequestRecord): string[] {
  return (commits ?? []).flatMap(({ authorAccount, author }) => {
    if (authorAccount?.kind === 'person') return [authorAccount.person]
    return authorAccount === null && author?.kind === 'person' ? [author.person] : []
  })
}

const coAuthor = /^[ \t]*co-authored-by[ \t]*:.*<([0-9a-f]{32})@/gim

/** Keys of the people that a commit's co-author lines name. */
function coAuthorKeys({ message }: RecordedCommit): string[] {
  if (!message.includes('@')) return []
  return Array.from(message.matchAll(coAuthor), ([, key = '']) => key)
}

function standIn({ author, repository }: PullRequestRecord): string {
  const who = author?.kind === 'bot' ? `bot ${author.login}` : 'unknown'
  return `${who} in ${repository.id ?? repository.name ?? 'a repository'}`
}

/**
 * Another person than the responsible one, as a key; undefined for bots and for the responsible person's own doing. A
 * deleted account counts as somebody unless the opener's account is deleted too. Who merged a bot's change and is only
 * therefore responsible reviewed it as another person.
 */
export function otherPerson(actor: Actor, responsible: ResponsiblePerson): string | undefined {
  if (actor.kind === 'bot') return undefined
  if (actor.kind === 'unknown') return responsible.openerDeleted ? undefined : 'unknown'
  const own = actor.person === responsible.key && responsible.basis !== 'merger'
  return own ? undefined : actor.person
}
