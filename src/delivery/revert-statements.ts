/** One sentence of a text that says that it reverts or brings back something that it names. */
export interface RevertStatement {
  readonly kind: 'revert' | 'reland'
  readonly partial: boolean
  /** In a list, as squashing repeats the titles of a branch's commits and their texts below them. */
  readonly listed: boolean
  readonly shas: readonly string[]
  readonly numbers: readonly number[]
}

/** No description is longer on GitHub; commit messages have no limit. */
const longestText = 65_536

const shaText = '[0-9a-f]{7,64}(?![0-9a-z])'
const reference = new RegExp(
  [
    String.raw`https?:\/\/[^\s/]{1,100}\/(?<urlRepository>[\w.-]{1,100}\/[\w.-]{1,100})\/(?:pull\/(?<urlNumber>\d{1,9})(?:\/commits\/(?<pullSha>${shaText}))?|commits?\/(?<urlSha>${shaText}))[\w/#?=&-]*`,
    String.raw`(?:(?<repository>[\w.-]{1,100}\/[\w.-]{1,100})@)?(?<sha>${shaText})`,
    String.raw`(?<numberRepository>[\w.-]{1,100}\/[\w.-]{1,100})?#(?<number>\d{1,9})(?![\d…]|\.\.\.)`,
  ].join('|'),
  'iy',
)
/** `Revert "Add a cache (#7)", commit …` */
const quotation = /[:\s]*["“][^"“”]{1,300}?(?:\(#([1-9]\d{0,8})\))?["”]/y
/** Words that may stand between a verb and what it names, and between two names. */
const filler =
  /(?:[\s:,;&/()`<>[\]*_]|\.(?=\s*https?:)|-(?=\s)|\b(?:commits?|pull requests?|prs?|the|this|that|these|those|changes?|all|of|in|from|made|by|following|previous|and|as well as|both|introduced|merged?|squashed?|original)(?![\w-]))+/iy

const verb =
  /\b(?:(?<partly>partial(?:l?y)?|partly)\)?\s+)?(?:(?<revert>revert(?:s|ed|ing)?|rolls? back|backs? out|undoes)|(?<reland>re-?land(?:s|ed|ing)?|re-?appl(?:y|ies|ying)|reinstates?|re-?adds?))(?![\w-])/gi
/** "was reverted in #7", "reverted by #7": #7 is the revert, and the text around it brings the change back. */
const passive = /^(?:\s+(?:back|out))?\s+(?:in|by|with|on|via|through)\b/i
/** Where an order (`Revert #7`) rather than a wish or a condition can begin. */
const beginning =
  /(?:^|[.:;!?)\]]\s+|^[\s>*-]*|\b(?:this|pr|pull request|change|commit|patch|and|also|to)\s+)$/i

/**
 * Reads the sentences of a description or of a commit message's body that revert or bring back something by its hash or its
 * number: `This reverts commit 9fceb02.`, `Reverts octo/widgets#7`, `Relands #7, which was reverted in #9`. Names of other
 * repositories are passed over. Quotations (`>`), code and comments are not read. Time is linear in the text's length.
 *
 * @param repository owner/name of the repository itself; undefined: not known, then every name is taken for its own
 */
export function readRevertStatements(text: string, repository?: string): RevertStatement[] {
  return paragraphs(text.slice(0, longestText)).flatMap(({ text, listed }) =>
    readParagraph(text, listed, repository?.toLowerCase()),
  )
}

interface Paragraph {
  text: string
  readonly listed: boolean
}

/** Lines that belong together, each list item apart: mailers and squashes wrap lines at any place. */
function paragraphs(text: string): Paragraph[] {
  const found: Paragraph[] = []
  let open: Paragraph | null = null
  let listed = false
  let fenced = false
  const plain = text
    .replaceAll(/<!--.*?(?:-->|$)/gs, '\n')
    .replaceAll(/\[([^\]\n]{0,300})\]\((http[^)\s]{0,500})\)/g, ' $2 ')
  for (const line of plain.split(/\r?\n|\r/)) {
    const bare = line.trim()
    if (/^(?:```|~~~)/.test(bare)) fenced = !fenced
    if (bare === '' || fenced || bare.startsWith('>') || /^(?:```|~~~|#{1,6}\s|\|)/.test(bare)) {
      open = null
      continue
    }
    // Squashing writes `* ` at the very start of the line, and below it that commit's own text.
    if (/^\* /.test(line)) listed = true
    if (open === null || /^(?:[*+-]|\d+[.)])\s/.test(bare)) {
      open = { text: bare, listed }
      found.push(open)
    } else open.text += ` ${bare}`
  }
  return found
}

function readParagraph(
  text: string,
  listed: boolean,
  repository: string | undefined,
): RevertStatement[] {
  const found: RevertStatement[] = []
  for (const match of text.matchAll(verb)) {
    const { partly, revert } = match.groups ?? {}
    const end = match.index + match[0].length
    const isPassive =
      revert !== undefined && /ed$/i.test(revert) && passive.test(text.slice(end, end + 20))
    if (
      !isPassive &&
      /(?:ed|ing|revert|land|apply|add)$/i.test(match[0]) &&
      !begins(text, match.index)
    )
      continue
    const skip = isPassive ? (passive.exec(text.slice(end, end + 20))?.[0].length ?? 0) : 0
    const part = /^\s+parts? of\b/i.exec(text.slice(end, end + 20))
    const names = readNames(text, end + skip + (part?.[0].length ?? 0), repository)
    if (names.shas.length + names.numbers.length === 0) continue
    found.push({
      kind: revert !== undefined && !isPassive ? 'revert' : 'reland',
      partial: partly !== undefined || part !== null,
      listed,
      ...names,
    })
  }
  return found
}

function begins(text: string, index: number): boolean {
  return beginning.test(text.slice(Math.max(0, index - 24), index))
}

/** The names from a place on, as far as they follow each other with nothing but filler between them. */
function readNames(
  text: string,
  from: number,
  repository: string | undefined,
): Pick<RevertStatement, 'shas' | 'numbers'> {
  const shas = new Set<string>()
  const numbers = new Set<number>()
  let at = from
  quotation.lastIndex = at
  const quoted = quotation.exec(text)
  if (quoted !== null) {
    at = quotation.lastIndex
    if (quoted[1] !== undefined) numbers.add(Number(quoted[1]))
  }
  for (;;) {
    filler.lastIndex = at
    if (filler.test(text)) at = filler.lastIndex
    reference.lastIndex = at
    const name = reference.exec(text)?.groups
    if (name === undefined) break
    at = reference.lastIndex
    const of = name.urlRepository ?? name.repository ?? name.numberRepository
    if (of !== undefined && repository !== undefined && of.toLowerCase() !== repository) continue
    const sha = name.urlSha ?? name.pullSha ?? name.sha
    if (sha !== undefined) {
      if (isHash(sha)) shas.add(sha.toLowerCase())
      else break
    } else {
      const value = Number(name.urlNumber ?? name.number)
      if (value > 0) numbers.add(value)
    }
  }
  return { shas: [...shas], numbers: [...numbers] }
}

/** Short words of these letters exist (`defaced`), and short numbers too. */
function isHash(text: string): boolean {
  return text.length >= 12 || (/\d/.test(text) && /[a-f]/i.test(text))
}
