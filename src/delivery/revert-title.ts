import { withoutPrefix } from './title-keys.ts'

/** What a title says that it undoes or brings back. */
export interface RevertTitle {
  readonly kind: 'revert' | 'reland'
  readonly partial: boolean
  /** The title named, perhaps torn and perhaps still with its number; empty where only a number or a hash is named. */
  readonly of: string
  /** Numbers of the pull requests named, apart from the title's own. */
  readonly numbers: readonly number[]
  readonly shas: readonly string[]
  /** What the quoted title itself undoes or brings back: the inside of `Revert "Revert "Add a cache""`. */
  readonly inner: RevertTitle | null
}

const partly = /^(?:partial(?:ly)?|partly)\s+/i
const revertVerb =
  /^(?:revert(?:s|ed|ing)?|undo(?:es|ing)?|roll(?:s|ed|ing)?[ -]?back|rollback(?:s|ed|ing)?|back(?:s|ed|ing)?[ -]out)(?:\^(\d+))?(?:\([^()]{0,60}\))?(?=$|[\s:!"'“”`#([])/i
const relandVerb =
  /^(?:re-?land(?:s|ed|ing)?|re-?appl(?:y|ies|ied|ying)|un-?revert(?:s|ed|ing)?)(?:\([^()]{0,60}\))?(?=$|[\s:!"'“”`#([])/i
/** `(reland)`, `[Reland #7]` and `fix(reland): ` */
const relandGroup = /[([](?:[^()[\]]{0,60}\s)?re-?land(?:s|ed|ing)?(?:\s[^()[\]]{0,60})?[)\]]/i
const relandWord = /(?<=\s)re-?land(?:s|ed|ing)?(?=\s|$)/i
/** What may stand between the verb and what it is about: `revert: PR `, `Revert - `, `Reland of `. */
const filler =
  /^(?:[\s:!-]+|(?:of|the|pr|prs|pull request|commit|commits|change|part of|parts of)\b)/i
const quoted = /^["“”'`](.*)["“”'`]/s
const openQuote = /^["“”'`]/
const ownNumber = /\s*\(#(\d+)\)\s*$/
const number = /#(\d{1,9})(?![\d…]|\.\.\.)/
const leadingNumbers =
  /^#\d{1,9}(?![\d…]|\.\.\.)(?:(?:\s*(?:,|and|&|\+|\/)\s*|\s+)#\d{1,9}(?![\d…]|\.\.\.))*/i
const trailingNumber = /(?:\(|\s|^)#(\d{1,9})\)?\s*$/
const namedInside = /\brevert(?:s|ed|ing)?\s+(?:pr\s+)?#(\d{1,9})(?!\d)/i
const mergeNumber = /^Merge pull request #(\d{1,9}) from /i
const hash = /^[0-9a-f]{7,64}(?![0-9a-z])/i

/**
 * Reads a title that says that it reverts or brings back something: `Revert "Add a cache (#7)" (#9)`, `fix: revert #7`,
 * `revert(core): add a cache`, `Reland "Add a cache"`, `[camera] Reverts …`. Null: it says nothing of the kind.
 *
 * @param own the number of the pull request itself, which squashing puts at the end; null: not known, then the last number
 *   behind the title is taken for it; undefined: the title has none
 */
export function readRevertTitle(title: string, own?: number | null): RevertTitle | null {
  return read(withoutOwnNumber(title.slice(0, 1_000).trim(), own), 4)
}

function withoutOwnNumber(title: string, own: number | null | undefined): string {
  const match = ownNumber.exec(title)
  if (match === null || own === undefined || (own !== null && Number(match[1]) !== own))
    return title
  return title.slice(0, match.index)
}

function read(title: string, depth: number): RevertTitle | null {
  if (depth === 0) return null
  for (let text = title; ; ) {
    const found = readVerb(text, depth)
    if (found !== null) return found
    const rest = withoutFirstPrefix(text)
    if (rest === text) break
    text = rest
  }
  return readRelandWord(title)
}

function readRelandWord(title: string): RevertTitle | null {
  const match = relandGroup.exec(title) ?? relandWord.exec(title)
  if (match === null || title.slice(0, match.index).includes('"')) return null
  const of = `${title.slice(0, match.index)} ${title.slice(match.index + match[0].length)}`
  const named = number.exec(match[0])
  const numbers = named === null ? trailing(of) : [Number(named[1])]
  return { kind: 'reland', partial: false, of, numbers, shas: [], inner: null }
}

function withoutFirstPrefix(text: string): string {
  const all = withoutPrefix(text)
  const cut = text.slice(0, text.length - all.length)
  // Only the first of several prefixes, since the next can be the verb: `fix: revert: add a cache`.
  const first = /^(?:\[[^\]]*\]:?\s*|[^:]*:\s+)/.exec(cut)
  return first === null ? text : text.slice(first[0].length)
}

function readVerb(title: string, depth: number): RevertTitle | null {
  const start = partly.exec(title)
  const text = start === null ? title : title.slice(start[0].length)
  const revert = revertVerb.exec(text)
  const verb = revert ?? relandVerb.exec(text)
  if (verb === null) return null
  const even = revert?.[1] !== undefined && Number(revert[1]) % 2 === 0
  const kind = revert === null || even ? 'reland' : 'revert'
  const behind = text.slice(verb[0].length)
  const { rest, part } = withoutFiller(behind)
  // `revert(core): revert "Add a cache"` says it twice and means it once.
  const again = /^\s*!?:/.test(behind) ? readVerb(rest, depth) : null
  if (again !== null && again.kind === kind) return again
  return { kind, partial: start !== null || part, ...readObject(rest, depth) }
}

function withoutFiller(text: string): { rest: string; part: boolean } {
  let rest = text
  let part = false
  for (let match = filler.exec(rest); match !== null; match = filler.exec(rest)) {
    part ||= /^parts? of/i.test(match[0])
    rest = rest.slice(match[0].length)
  }
  return { rest, part }
}

type Named = Pick<RevertTitle, 'of' | 'numbers' | 'shas' | 'inner'>

/** What stands behind the verb: a quotation, numbers, a hash, or the bare title. */
function readObject(rest: string, depth: number): Named {
  const quotation = quoted.exec(rest)?.[1] ?? (openQuote.test(rest) ? rest.slice(1) : null)
  if (quotation !== null) {
    const behind = rest.slice(rest.indexOf(quotation) + quotation.length)
    return {
      of: quotation,
      numbers: union(quotedNumber(quotation), trailing(behind), mergeOf(quotation)),
      shas: [],
      inner: read(quotation.replace(/(?:\s*\(#\d+\))+\s*$/, ''), depth - 1),
    }
  }
  const sha = hash.exec(rest)?.[0]
  if (sha !== undefined && /\d/.test(sha) && (/[a-f]/i.test(sha) || sha.length >= 12))
    return { of: '', numbers: [], shas: [sha.toLowerCase()], inner: null }
  const leading = leadingNumbers.exec(rest)?.[0]
  if (leading !== undefined) {
    const numbers = [...leading.matchAll(/\d+/g)].map((match) => Number(match[0]))
    return { of: '', numbers: union(numbers), shas: [], inner: null }
  }
  const named = namedInside.exec(rest)
  return {
    of: rest,
    numbers: union(trailing(rest), mergeOf(rest), named === null ? [] : [Number(named[1])]),
    shas: [],
    inner: read(rest, depth - 1),
  }
}

/** The number that a quoted title carries as its own, `Add a cache (#7)`, and none that it speaks of. */
function quotedNumber(title: string): number[] {
  const match = ownNumber.exec(title.replace(/["“”'`\s]+$/, ''))
  return match === null ? [] : [Number(match[1])]
}

function trailing(text: string): number[] {
  const match = trailingNumber.exec(text)
  return match === null ? [] : [Number(match[1])]
}

function mergeOf(title: string): number[] {
  const match = mergeNumber.exec(title)
  return match === null ? [] : [Number(match[1])]
}

function union(...lists: readonly (readonly number[])[]): number[] {
  return [...new Set(lists.flat())].filter((value) => value > 0)
}
