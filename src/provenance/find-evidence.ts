import { isAcceptedSuggestion } from './accepted-suggestion.ts'
import type { AuthorshipNoteFormat } from './authorship-note.ts'
import type { Commit, Identity } from './commit.ts'
import type { Claim, Evidence, Place, Tier } from './evidence.ts'
import { gitAiNotes } from './git-ai-note.ts'
import { formatIdentity } from './identity.ts'
import { noteTool } from './note-tool.ts'
import { forEachPlainLine } from './plain-lines.ts'
import { RecentTextsOf } from './recent-texts.ts'
import { personHost, withheld } from './reduce-text.ts'
import { isAccountOf, type KnownMark, type KnownMarks } from './registry.ts'
import { shownText } from './shown-text.ts'
import { squashSuggestions } from './squash-suggestions.ts'
import { parseTrailers, type Trailer } from './trailers.ts'

/** Everything that one commit says of how it was made. */
export interface CommitEvidence {
  readonly evidence: readonly Evidence[]
  /** Git's own reading of the message's trailer block. */
  readonly trailers: readonly Trailer[]
  /** Id of the dependency, release, merge or format bot that authored the commit. */
  readonly automation: string | undefined
}

const noteFormats: readonly AuthorshipNoteFormat[] = [gitAiNotes]

/** Puts one sign on the list; what differs from the mark's own tier, claim and tool is given. */
type Add = (
  known: KnownMark,
  where: Place,
  text: string,
  as?: { readonly tier?: Tier; readonly claim?: Claim; readonly tool?: string },
) => void

/**
 * Reads a commit's identities, message and notes against the registry. Nothing is concluded here: an editor release's
 * false marks come out as E4 with their epoch, review suggestions as `suggested`.
 */
export function findEvidence(commit: Commit, marks: KnownMarks): CommitEvidence {
  const evidence: Evidence[] = []
  const seen = new Set<string>()
  const add: Add = (known, where, text, as = {}) => {
    const { tool = known.tool.id, claim = known.mark.claim ?? 'assisted' } = as
    const epoch = marks.epoch(known.id, commit.authoredAt)
    const tier = epoch === undefined ? (as.tier ?? known.mark.tier) : 'E4'
    const key = [tool, tier, claim, text.toLowerCase()].join('\n')
    if (seen.has(key)) return
    seen.add(key)
    evidence.push({
      tool,
      mark: known.id,
      tier,
      claim,
      where: commit.sha === undefined ? where : { ...where, sha: commit.sha },
      text: shownText(text, marks),
      at: commit.committedAt,
      epoch: epoch?.id,
    })
  }
  const automation = readIdentities(commit, marks, add)
  const { trailers, signs } = readMessage(commit.message, marks)
  const isSuggestion = signs.length > 0 && isAcceptedSuggestion(commit)
  for (const { known, line, text, claim, claimInSuggestion } of signs) {
    const says = isSuggestion ? claimInSuggestion : claim
    add(known, { in: 'message', line }, text, says === undefined ? {} : { claim: says })
  }
  // A release robot's commit carries the note of whatever it packs.
  if (automation === undefined) {
    for (const format of noteFormats) readNote(commit, marks, format, add)
  }
  return { evidence, trailers, automation }
}

/**
 * Returns the id of the bot that authored the commit. An AI tool's own mark outranks a bot's: `41898282+claude[bot]` is
 * Claude under the account number of github-actions.
 */
function readIdentities(commit: Commit, marks: KnownMarks, add: Add): string | undefined {
  const { author, committer } = commit
  const matches = marks.authors.match(soughtText(author), commit.authorAccount)
  const authors = matches.map(({ known }) => known)
  const tools = authors.filter(({ tool }) => tool.kind !== 'automation')
  if (tools.length === 0 && authors[0] !== undefined) return authors[0].tool.id
  for (const known of tools) add(known, { in: 'author' }, textOf(author), authorTier(known, commit))
  for (const { known } of marks.committers.match(soughtText(committer))) {
    if (known.tool.kind !== 'automation') add(known, { in: 'committer' }, textOf(committer))
  }
  return undefined
}

function textOf(identity: Identity | undefined): string {
  return identity === undefined ? '' : formatIdentity(identity)
}

/** What stands for a person in a record is no tool's: to look for each of them would take a tenth of all time. */
function soughtText(identity: Identity | undefined): string {
  return identity?.email.endsWith(`@${personHost}`) === true && identity.name === 'person'
    ? ''
    : textOf(identity)
}

/**
 * Anyone can write an agent's address as the author. Its account attests it, where GitHub linked the account and verified
 * a signature that only GitHub or the agent can have made: a person who rebases an agent's commit signs it too.
 */
function authorTier(known: KnownMark, commit: Commit): { tier?: Tier } {
  const { author, authorAccount, committer, verified } = commit
  if (verified !== true || !isAccountOf(known, authorAccount)) return {}
  const signer = committer?.email.toLowerCase()
  const own = signer === 'noreply@github.com' || signer === author?.email.toLowerCase()
  return own ? { tier: 'E1' } : {}
}

/** A mark in a message. */
interface Sign {
  readonly known: KnownMark
  readonly line: number
  readonly text: string
  /** What differs from the mark's own. */
  readonly claim?: Claim
  /** The same in a commit that is an accepted suggestion. */
  readonly claimInSuggestion?: Claim
}

/** What a message says, in whatever commit it stands. */
interface MessageReading {
  readonly trailers: readonly Trailer[]
  readonly signs: readonly Sign[]
}

const recentReadings = new RecentTextsOf<KnownMarks, MessageReading>()

/** What records leave of messages is often the same; whole ones never are, and to keep them would keep all of a history. */
function readMessage(message: string, marks: KnownMarks): MessageReading {
  if (!message.startsWith(withheld)) return readNew(message, marks)
  return recentReadings.of(marks, message, () => readNew(message, marks))
}

function readNew(message: string, marks: KnownMarks): MessageReading {
  const trailers = parseTrailers(message)
  return { trailers, signs: findSigns(message, trailers, marks) }
}

function findSigns(message: string, trailers: readonly Trailer[], marks: KnownMarks): Sign[] {
  if (!marks.mayHoldMark(message)) return []
  const signs: Sign[] = []
  const squashed = squashSuggestions(message)
  const block = new Map(trailers.map((trailer) => [trailer.line, trailer]))
  const lines = marks.lines.filter(({ mark }) => message.includes(mark.contains))
  forEachPlainLine(message, marks.reviewerBlocks, (text, line) => {
    for (const known of lines) {
      if (text.includes(known.mark.contains) && known.pattern?.test(text) === true) {
        signs.push({ known, line, text })
      }
    }
    const pair = readPair(text)
    if (pair === undefined) return
    if (pair.key === 'co-authored-by') {
      for (const { known, by } of marks.coAuthors.match(pair.value)) {
        const { tool, mark } = known
        if (tool.kind === 'automation') continue
        // Only an account can leave a suggestion, and an address that somebody made up (E3) is none.
        const maySuggest = tool.kind === 'reviewer' || (by === 'account' && mark.tier === 'E2')
        const suggests =
          tool.kind === 'reviewer' || (maySuggest && squashed.has(pair.value.toLowerCase()))
        signs.push({
          known,
          line,
          text,
          ...(suggests ? { claim: 'suggested' } : {}),
          ...(maySuggest ? { claimInSuggestion: 'suggested' } : {}),
        })
      }
    }
    for (const known of marks.trailers.get(pair.key) ?? []) {
      const value = known.mark.within === 'block' ? block.get(line)?.value : pair.value
      if (value !== undefined && known.pattern?.test(value) === true) {
        signs.push({ known, line, text })
      }
    }
  })
  return signs
}

const pairStart = /^([A-Za-z0-9-]{1,60})[ \t]*:/

/** A line that reads `key: value` with a trailer's key, wherever it stands; the key is lower-cased. */
function readPair(line: string): { key: string; value: string } | undefined {
  const start = pairStart.exec(line)
  if (start?.[1] === undefined) return undefined
  return { key: start[1].toLowerCase(), value: line.slice(start[0].length).trim() }
}

function readNote(commit: Commit, marks: KnownMarks, format: AuthorshipNoteFormat, add: Add): void {
  const known = marks.notes.get(format.ref)
  const text = commit.notes?.get(format.ref)
  if (known?.mark.in !== 'note' || known.mark.format !== format.id || text === undefined) return
  const note = format.read(text, commit.sha === undefined ? {} : { sha: commit.sha })
  if ('invalid' in note || note.finding === 'unknown') return
  const { finding: claim, reason } = note
  const tools = note.tools.flatMap((name) => noteTool(name, marks) ?? [])
  if (tools.length === 0) add(known, { in: 'note' }, reason, { claim })
  for (const tool of tools) add(known, { in: 'note' }, reason, { claim, tool })
}
