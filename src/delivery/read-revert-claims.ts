import { parseTrailers } from '../provenance/index.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import type { RevertClaim } from './record.ts'
import { type RevertStatement, readRevertStatements } from './revert-statements.ts'
import { type RevertTitle, readRevertTitle } from './revert-title.ts'
import { isTorn, normaliseTitle, titleKeys, withoutPrefix } from './title-keys.ts'

/** What a pull request, or a commit on the branch, says of itself. Leave out what is not known. */
export interface RevertTexts {
  /** Title of the pull request. */
  readonly title?: string
  readonly description?: string
  /** Message of the squash or merge commit, or of the commit on the branch. */
  readonly message?: string
  /** Messages of the pull request's own commits where these reached the branch themselves, merged or rebased. */
  readonly commits?: readonly string[]
  /** Head branch. */
  readonly branch?: string
  readonly labels?: readonly string[]
  /** owner/name, to tell other repositories' numbers from its own. */
  readonly repository?: string
  /** Number of the pull request itself, which its squash commit carries at the end of the title; null: it came with none. */
  readonly number?: number | null
}

type Place = RevertClaim['in']

/** GitHub names the branch of its Revert button `revert-7-patch-1`. */
const revertBranch = /^revert-([1-9]\d{0,8})-/
const mergeSubject = /^Merge pull request #([1-9]\d{0,8}) from [^/\s]+\/(\S+)$/
/** A title of a word or two would be found anywhere. */
const shortestBareTitle = 12

/**
 * What a change says that it reverts or brings back, place by place: hashes, numbers and keys of titles, and nothing of the
 * texts. It says nothing about whether the named change exists: `RevertLinks` finds that out.
 *
 * @example readRevertClaims({ title: 'Revert "Add a cache"', description: 'Reverts octo/widgets#7' }, pseudonyms)
 */
export function readRevertClaims(texts: RevertTexts, pseudonyms: Pseudonyms): RevertClaim[] {
  const corrections = readCorrections(texts)
  if (corrections.some(({ kind }) => kind === 'not-a-revert')) return corrections
  const found = [...corrections]
  const message = texts.message === undefined ? null : takeApart(texts.message)
  const branch = texts.branch ?? message?.branch
  const reverted = branch === undefined ? null : revertBranch.exec(branch)
  if (reverted !== null) found.push(claim('branch', { numbers: [Number(reverted[1])] }))
  if (texts.title !== undefined || texts.description !== undefined)
    found.push(
      ...readText(
        {
          ...joinTorn(texts.title ?? '', texts.description ?? ''),
          places: ['title', 'description'],
          own: undefined,
          withBranch: reverted !== null,
        },
        texts,
        pseudonyms,
      ),
    )
  if (message !== null) {
    const own = message.number ?? texts.number ?? null
    found.push(
      ...readText(
        {
          ...joinTorn(message.subject, message.body),
          places: ['title', 'message'],
          own,
          withBranch: reverted !== null,
        },
        texts,
        pseudonyms,
      ),
    )
  }
  for (const commit of texts.commits ?? []) found.push(...readOwnCommit(commit, texts.repository))
  return found
    .map((each) => withoutNumber(each, message?.number ?? texts.number ?? null))
    .filter(saysSomething)
}

/** A commit that came in with others undoes what it names by its hash; its title may be about the branch alone. */
function readOwnCommit(message: string, repository: string | undefined): RevertClaim[] {
  const { body } = takeApart(message)
  return readRevertStatements(body, repository).flatMap(({ kind, partial, shas }) =>
    kind === 'revert' && shas.length > 0 ? [claim('message', { shas, partial, aside: true })] : [],
  )
}

interface Text {
  readonly subject: string
  readonly body: string
  readonly places: readonly [Place, Place]
  readonly own: number | null | undefined
  /** The branch's name says that it is a revert. */
  readonly withBranch: boolean
}

function readText(text: Text, texts: RevertTexts, pseudonyms: Pseudonyms): RevertClaim[] {
  const [titlePlace, bodyPlace] = text.places
  const title = readRevertTitle(text.subject, text.own)
  const found = title === null ? [] : titleClaims(title, titlePlace, pseudonyms)
  const statements = readRevertStatements(text.body, texts.repository).filter((statement) =>
    isMeant(statement, title),
  )
  const aside = title === null && !text.withBranch
  // A branch that reverted its own commits may have brought others back in the end: only the whole list says so.
  const listed = aside ? statements.filter((statement) => statement.listed) : []
  for (const statement of statements)
    if (!listed.includes(statement))
      found.push(claim(bodyPlace, { ...named(statement, title), aside }))
  if (listed.length > 0) {
    const shas = listed.flatMap((statement) => statement.shas)
    found.push(claim(bodyPlace, { kind: 'revert', shas, aside }))
  }
  if (title?.kind === 'revert') {
    const shas = footerHashes(text.body)
    if (shas.length > 0) found.push(claim(bodyPlace, { shas, partial: title.partial }))
  }
  return found
}

function named(
  { kind, partial, shas, numbers }: RevertStatement,
  title: RevertTitle | null,
): ClaimPart {
  return { kind, shas, numbers, partial: partial || title?.partial === true }
}

/**
 * The text of a revert that is to be relanded says so (`will reland in #9`), and lists repeat a branch's history: under a title
 * that speaks of no revert only their hashes count, since these name a merged change or nothing.
 */
function isMeant(statement: RevertStatement, title: RevertTitle | null): boolean {
  if (title === null)
    return !statement.listed || (statement.shas.length > 0 && statement.kind === 'revert')
  return statement.kind === 'revert' || title.kind === 'reland' || title.inner !== null
}

function titleClaims(title: RevertTitle, place: Place, pseudonyms: Pseudonyms): RevertClaim[] {
  const found = [titleClaim(title, place, pseudonyms)]
  // `Revert "Revert "Add a cache""` brings the cache back; deeper nestings are found link by link.
  if (title.kind === 'revert' && title.inner?.kind === 'revert' && title.inner.inner === null)
    found.push({ ...titleClaim(title.inner, place, pseudonyms), kind: 'reland' })
  return found
}

function titleClaim(title: RevertTitle, place: Place, pseudonyms: Pseudonyms): RevertClaim {
  const { kind, partial, numbers, shas } = title
  const text = normaliseTitle(title.of)
  const keys = titleKeys(title.of, pseudonyms)
  const bare = withoutPrefix(text).length >= shortestBareTitle ? keys.bare : null
  const torn = isTorn(title.of)
  const titles =
    text === ''
      ? []
      : [
          {
            whole: torn ? null : keys.whole,
            bare: torn ? null : bare,
            start: keys.start,
          },
        ]
  return claim(place, { kind, partial, shas, numbers, titles })
}

type ClaimPart = Partial<Omit<RevertClaim, 'in' | 'shas' | 'numbers'>> & {
  readonly shas?: readonly string[]
  readonly numbers?: readonly number[]
}

function claim(place: Place, { shas = [], numbers = [], ...rest }: ClaimPart): RevertClaim {
  return {
    in: place,
    kind: 'revert',
    partial: false,
    aside: false,
    shas: [...shas],
    numbers: [...numbers],
    titles: [],
    coverage: null,
    ...rest,
  }
}

/** `Reverts-PR: #7` and `not-a-revert`, as a trailer or as a label: a person's word, which outranks the rest. */
function readCorrections(texts: RevertTexts): RevertClaim[] {
  const trailers = [texts.description, texts.message].flatMap((text) =>
    text === undefined ? [] : parseTrailers(`-\n\n${text.replaceAll('\r', '').trim()}`),
  )
  const labels = (texts.labels ?? []).map((label) => {
    const colon = label.indexOf(':')
    return colon === -1
      ? { key: label, value: '' }
      : { key: label.slice(0, colon), value: label.slice(colon + 1) }
  })
  const found: RevertClaim[] = []
  for (const { key, value } of [...trailers, ...labels]) {
    const name = key.trim().toLowerCase()
    const no = /^(?:no|false|0)$/i.test(value.trim())
    if (name === 'not-a-revert' && !no) found.push(claim('correction', { kind: 'not-a-revert' }))
    if (name !== 'reverts-pr') continue
    const numbers = [...value.matchAll(/(?:^|[\s,/#])([1-9]\d{0,8})(?=$|[\s,])/g)].map((match) =>
      Number(match[1]),
    )
    if (numbers.length > 0) found.push(claim('correction', { numbers }))
  }
  return found
}

interface Message {
  readonly subject: string
  readonly body: string
  readonly number: number | null
  readonly branch: string | undefined
}

/** GitHub's merge commits carry the pull request's title as their body. */
function takeApart(message: string): Message {
  const [subject, body] = splitFirstLine(message.replaceAll('\r\n', '\n').trimStart())
  const merge = mergeSubject.exec(subject)
  if (merge === null) return { subject, body, number: null, branch: undefined }
  const [title, rest] = splitFirstLine(body.trimStart())
  return { subject: title, body: rest, number: Number(merge[1]), branch: merge[2] }
}

function splitFirstLine(text: string): [string, string] {
  const end = text.indexOf('\n')
  return end === -1 ? [text.trim(), ''] : [text.slice(0, end).trim(), text.slice(end + 1)]
}

/** GitHub cuts a long first line, `Revert "Add the first of… (#9)`, and starts the text with its rest, `…many caches"`. */
function joinTorn(title: string, body: string): { subject: string; body: string } {
  const end = /(?:…|\.{3})(\s*\(#\d+\))?$/.exec(title)
  const rest = /^\s*(?:…|\.{3})([^\n]*)/.exec(body)
  if (end === null || rest === null) return { subject: title, body }
  const own = end[1] ?? ''
  return {
    subject: `${title.slice(0, end.index)}${rest[1]?.trimEnd() ?? ''}${own}`,
    body: body.slice(rest[0].length),
  }
}

/** `Refs: 676104e, a215868`, as Conventional Commits 1.0.0 shows for `revert: …`. */
function footerHashes(body: string): string[] {
  const refs = /^Refs:\s+((?:[0-9a-f]{7,64}(?:,\s*|\s*$))+)/im.exec(body)?.[1] ?? ''
  return refs.match(/[0-9a-f]{7,64}/gi)?.map((sha) => sha.toLowerCase()) ?? []
}

function withoutNumber(of: RevertClaim, own: number | null): RevertClaim {
  return own === null ? of : { ...of, numbers: of.numbers.filter((number) => number !== own) }
}

function saysSomething({ kind, shas, numbers, titles, in: place }: RevertClaim): boolean {
  if (kind === 'not-a-revert') return true
  return shas.length + numbers.length + titles.length > 0 || place === 'title'
}
