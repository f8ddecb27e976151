import type { Account } from './commit.ts'
import type { Configuration, TextPattern } from './configuration.ts'
import { bracketedEmails, noreplyAccount } from './identity.ts'
import { RecentTexts } from './recent-texts.ts'
import data from './registry.json' with { type: 'json' }
import type { Epoch, Mark, Registry, Tool } from './registry-schema.ts'

/** One mark of one tool, ready to be matched. */
export interface KnownMark {
  /** `tool/mark`. */
  readonly id: string
  readonly tool: Tool
  readonly mark: Mark
  readonly pattern?: TextPattern
}

/** What an identity was recognised by: an account could leave a review suggestion, an address could not. */
export interface IdentityMatch {
  readonly known: KnownMark
  readonly by: 'account' | 'address'
}

export type TrailerMark = Extract<Mark, { in: 'trailer' }>
export type LineMark = Extract<Mark, { in: 'line' }>

/** The registry, indexed by what a commit shows, so that reading a commit costs the same however many tools there are. */
export interface KnownMarks {
  readonly version: string
  readonly authors: IdentityIndex
  readonly committers: IdentityIndex
  readonly coAuthors: IdentityIndex
  /** By lower-cased key. */
  readonly trailers: ReadonlyMap<string, readonly (KnownMark & { mark: TrailerMark })[]>
  readonly lines: readonly (KnownMark & { mark: LineMark })[]
  readonly branches: readonly KnownMark[]
  /** By lower-cased name. */
  readonly labels: ReadonlyMap<string, KnownMark>
  /** By ref. */
  readonly notes: ReadonlyMap<string, KnownMark>
  readonly reviewerBlocks: Registry['reviewerBlocks']
  /** Whether a message holds any text without which no line of it can be a mark. Most messages hold none. */
  mayHoldMark(message: string): boolean
  readonly tools: ReadonlyMap<string, Tool>
  /** Why absence means nothing in this repository, by lower-cased `owner/name`. */
  readonly policies: ReadonlyMap<string, string>
  /** Whether an address is itself a mark, an AI tool's or a bot's own: such an address is nobody's private one. */
  knowsAddress(email: string): boolean
  epoch(markId: string, authoredAt: number | undefined): Epoch | undefined
}

/** Recognises identities by exact address, account number, login, or (last) a pattern. */
export interface IdentityIndex {
  /**
   * @param text the identity as "Name <email>", or the value of a co-author line: every address in it is tried
   * @param account the account that GitHub itself linked, where one is known
   */
  match(text: string, account?: Account): readonly IdentityMatch[]
  knows(email: string): boolean
}

/**
 * The registry as shipped. The tests parse the file by its schema; doing it again at every start would take longer than
 * all other reading of a pull request, and the bundle leaves out what only readers need.
 */
export function shippedRegistry(): Registry {
  return data as Registry
}

/**
 * Indexes a registry for matching. A repository's configuration adds tools and bots, and removes the registry's marks that
 * it ignores. It may add marks to a tool of the registry, but not rename it.
 */
export function indexRegistry(registry: Registry, configuration?: Configuration): KnownMarks {
  const ignored = new Set(configuration?.ignore)
  const added = configuration?.tools ?? []
  const marks = [
    ...marksOf(registry.tools, ownPattern).filter(({ id }) => !ignored.has(id)),
    ...marksOf(added, (source) => configuration?.patterns.get(source)),
  ]
  const epochs = Map.groupBy(registry.epochs, ({ mark }) => mark)
  const authors = identityIndex(marks.filter(({ mark }) => mark.in === 'author'))
  const committers = identityIndex(marks.filter(({ mark }) => mark.in === 'committer'))
  const coAuthors = identityIndex(marks.filter(({ mark }) => mark.in === 'co-author'))
  const trailers = trailersByKey(marks.filter(isTrailer))
  const lines = marks.filter(isLine)
  return {
    version: registry.version,
    authors,
    committers,
    coAuthors,
    trailers,
    lines,
    branches: marks.filter(({ mark }) => mark.in === 'branch'),
    labels: new Map(
      marks.flatMap((known) =>
        known.mark.in === 'label'
          ? known.mark.names.map((name) => [name.toLowerCase(), known] as const)
          : [],
      ),
    ),
    notes: new Map(
      marks.flatMap((known) =>
        known.mark.in === 'note' ? [[known.mark.ref, known] as const] : [],
      ),
    ),
    reviewerBlocks: registry.reviewerBlocks,
    mayHoldMark: holdsAnyOf(lines, [...trailers.keys(), 'co-authored-by']),
    tools: new Map([...added, ...registry.tools].map((tool) => [tool.id, tool])),
    policies: new Map(
      registry.policies.map(({ repository, reason }) => [repository.toLowerCase(), reason]),
    ),
    knowsAddress: (email) => [authors, committers, coAuthors].some((index) => index.knows(email)),
    epoch: (markId, authoredAt) => {
      if (authoredAt === undefined) return undefined
      return epochs
        .get(markId)
        ?.find(
          ({ from, to }) =>
            authoredAt >= Date.parse(from) && authoredAt < Date.parse(to) + millisecondsPerDay,
        )
    },
  }
}

/**
 * Whether an account that GitHub linked is the one that a tool's own author mark names: by number, or by a login that
 * only an app can have. Anybody may take a free login, so a person's login attests nothing.
 */
export function isAccountOf({ mark }: KnownMark, account: Account | undefined): boolean {
  if (account === undefined || mark.in !== 'author' || mark.tier !== 'E2') return false
  const { id, login, bot } = account
  return mark.accounts?.includes(id) === true || (bot && hasLogin(mark.logins, login))
}

function hasLogin(logins: readonly string[] | undefined, login: string): boolean {
  return logins?.some((known) => known.toLowerCase() === login.toLowerCase()) === true
}

const millisecondsPerDay = 86_400_000
const none: readonly KnownMark[] = []

function trailersByKey(marks: readonly (KnownMark & { mark: TrailerMark })[]) {
  const index = new Map<string, (KnownMark & { mark: TrailerMark })[]>()
  for (const known of marks) {
    for (const key of known.mark.keys) append(index, key.toLowerCase(), known)
  }
  return index
}

function isTrailer(known: KnownMark): known is KnownMark & { mark: TrailerMark } {
  return known.mark.in === 'trailer'
}

function isLine(known: KnownMark): known is KnownMark & { mark: LineMark } {
  return known.mark.in === 'line'
}

function marksOf(
  tools: readonly Tool[],
  compile: (source: string) => TextPattern | undefined,
): KnownMark[] {
  return tools.flatMap((tool) =>
    tool.marks.map((mark) => {
      const id = `${tool.id}/${mark.id}`
      const source = patternSource(mark)
      if (source === undefined) return { id, tool, mark }
      const pattern = compile(source)
      if (pattern === undefined) throw new Error(`The pattern of the mark ${id} was not compiled`)
      return { id, tool, mark, pattern }
    }),
  )
}

/** The regular expression that tells whether a text is this mark; a line is matched whole, everything else searched. */
export function patternSource(mark: Mark): string | undefined {
  if (!('pattern' in mark)) return undefined
  return mark.in === 'line' ? `^(?:${mark.pattern})$` : mark.pattern
}

/** Compiled when it is first needed: one pull request needs few of the registry's patterns. */
function ownPattern(source: string): TextPattern {
  let pattern: RegExp | undefined
  return {
    test: (text) => {
      pattern ??= new RegExp(source, 'iu')
      return pattern.test(text)
    },
  }
}

/** Two passes of native code over a message, where looking for each text and key by itself would take dozens. */
function holdsAnyOf(
  lines: readonly (KnownMark & { mark: LineMark })[],
  keys: readonly string[],
): (message: string) => boolean {
  const texts = withoutContaining(lines.map(({ mark }) => rareEnd(mark.contains)))
  const text = new RegExp(texts.map(RegExp.escape).join('|'))
  // Where forEachPlainLine begins a line: also below git's local squash header, and behind a written-out line break.
  const start = '(?:(?:^|\\n)(?: {4})?|\\\\n)'
  const key = new RegExp(`${start}(?:${keys.map(RegExp.escape).join('|')})[ \\t]*:`, 'i')
  return (message) => key.test(message) || (texts.length > 0 && text.test(message))
}

/**
 * The text from its first character that is rare in prose on, if enough is left: a search that starts at rare characters
 * passes over the rest of a message faster.
 */
function rareEnd(text: string): string {
  const rare = text.search(/[^a-z .-]/)
  return rare > 0 && text.length - rare >= 5 ? text.slice(rare) : text
}

/** The texts without those that contain another one, and without repetitions. */
function withoutContaining(texts: readonly string[]): string[] {
  const different = [...new Set(texts)]
  return different.filter(
    (text) => !different.some((other) => other !== text && text.includes(other)),
  )
}

function identityIndex(marks: readonly KnownMark[]): IdentityIndex {
  const emails = new Map<string, KnownMark[]>()
  const logins = new Map<string, KnownMark[]>()
  const accounts = new Map<number, KnownMark[]>()
  for (const known of marks) {
    const { mark } = known
    if (mark.in !== 'author' && mark.in !== 'committer' && mark.in !== 'co-author') continue
    for (const email of mark.emails ?? []) append(emails, email.toLowerCase(), known)
    for (const login of mark.logins ?? []) append(logins, login.toLowerCase(), known)
    for (const id of mark.accounts ?? []) append(accounts, id, known)
  }
  const recent = new RecentTexts<readonly IdentityMatch[]>()
  const patterned = marks.filter(({ pattern }) => pattern !== undefined)
  const marksOfAccount = ({ id, login }: Account): readonly KnownMark[] => {
    const [byId, byLogin] = [accounts.get(id), logins.get(login.toLowerCase())]
    if (byId === undefined) return byLogin ?? none
    return byLogin === undefined ? byId : [...byId, ...byLogin]
  }
  const find = (text: string, linkedMarks: readonly KnownMark[]): IdentityMatch[] => {
    const found = new Map<KnownMark, IdentityMatch['by']>()
    const add = (known: readonly KnownMark[] | undefined, by: IdentityMatch['by']) => {
      for (const one of known ?? []) if (!found.has(one)) found.set(one, by)
    }
    for (const address of bracketedEmails(text)) {
      const linked = noreplyAccount(address)
      if (linked?.id !== undefined) add(accounts.get(linked.id), 'account')
      if (linked !== undefined) add(logins.get(linked.login), 'account')
      add(emails.get(address), linked === undefined ? 'address' : 'account')
    }
    add(linkedMarks, 'account')
    add(
      patterned.filter(({ pattern }) => pattern?.test(text)),
      'address',
    )
    return Array.from(found, ([known, by]) => ({ known, by }))
  }
  return {
    knows: (email) => {
      const linked = noreplyAccount(email)
      return (
        emails.has(email.toLowerCase()) ||
        (linked !== undefined && logins.has(linked.login)) ||
        (linked?.id !== undefined && accounts.has(linked.id))
      )
    },
    match: (text, account) => {
      if (marks.length === 0) return []
      const linkedMarks = account === undefined ? none : marksOfAccount(account)
      const key = linkedMarks.length === 0 ? text : `${account?.id} ${account?.login}\n${text}`
      return recent.of(key, () => find(text, linkedMarks))
    },
  }
}

function append<Key, Value>(index: Map<Key, Value[]>, key: Key, known: Value): void {
  const list = index.get(key)
  if (list === undefined) index.set(key, [known])
  else list.push(known)
}
