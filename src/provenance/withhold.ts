import { subjectShape } from './accepted-suggestion.ts'
import { findChangeEvidence } from './find-change-evidence.ts'
import { findEvidence } from './find-evidence.ts'
import { knownWords } from './known-words.ts'
import { localSquash } from './plain-lines.ts'
import { type Reduction, reduceText, withheld } from './reduce-text.ts'
import type { KnownMarks } from './registry.ts'
import { cherryPick, conflicts, parseTrailers, scissors, signOff } from './trailers.ts'
import { withholdTrailer } from './withhold-trailer.ts'

/** Subjects that stand for all that `isAcceptedSuggestion` recognises. */
const subjects = { anywhere: 'Apply suggestions from …', 'on GitHub': 'Apply suggestions' } as const

/**
 * A commit message without anybody's words that reads as the whole one: the same marks and trailers on the same lines.
 * Every other line becomes `…`; a mark keeps what makes it one, a trailer its key, and people become keys.
 *
 * @param personKey the key that stands for an address
 * @example withholdText('Fix it for Ada\n\nSigned-off-by: Ada <ada@example.com>', marks, () => '0123')
 * // '…\n\nSigned-off-by: person <0123@person.invalid>'
 */
export function withholdText(
  text: string,
  marks: KnownMarks,
  personKey: (email: string) => string,
): string {
  const lines = text.split('\n')
  const evidence = findEvidence({ message: text }, marks).evidence
  const marked = withRepetitions(
    lines,
    evidence.flatMap(({ where: { line } }) => line ?? []),
  )
  const trailers = new Set(parseTrailers(text).map(({ line }) => line))
  const reducer = new MarkReducer(marks, personKey, messageReading)
  const squashed = squashedFrom(lines)
  const shape = subjectShape(text)
  const result: string[] = []
  for (let index = 0; index < lines.length; ) {
    const end = trailers.has(index + 1) ? endOfTrailer(lines, index) : index + 1
    const part = lines.slice(index, end).join('\n')
    const above = index === 0 ? '' : index > squashed ? `${localSquash}\n` : '\n'
    if (lines.slice(index, end).some((_, offset) => marked.has(index + offset + 1))) {
      result.push(reducer.reduce(part, above))
    } else if (trailers.has(index + 1)) {
      result.push(reducer.withholdTrailer(part, above))
    } else {
      result.push(index === 0 && shape !== undefined ? subjects[shape] : withholdLine(part))
    }
    index = end
  }
  return result.join('\n')
}

/** The marked lines, and in a squash merge what repeats them: where a co-author is named tells whether it only suggested. */
function withRepetitions(lines: readonly string[], marked: readonly number[]): Set<number> {
  const known = new Set(marked)
  if (marked.length === 0 || !lines.some((line) => line.startsWith(bullet))) return known
  const first = new Map<string, number>()
  for (const number of marked.toReversed()) first.set(repeatable(lines[number - 1]), number)
  for (const [index, line] of lines.entries()) {
    if (index + 1 > (first.get(repeatable(line)) ?? lines.length)) known.add(index + 1)
  }
  return known
}

function repeatable(line = ''): string {
  return line.trim().toLowerCase()
}

/** A pull request's description reduced to its lines that are marks, on their lines; empty where none is. */
export function withholdDescription(
  text: string,
  marks: KnownMarks,
  personKey: (email: string) => string,
): string {
  const { evidence } = findChangeEvidence({ commits: [], complete: true, description: text }, marks)
  const marked = new Set(evidence.map(({ where }) => where.line))
  const reducer = new MarkReducer(marks, personKey, descriptionReading)
  const lines = text.split('\n').slice(0, Math.max(0, ...marked.values().map((line) => line ?? 0)))
  const squashed = squashedFrom(lines)
  return lines
    .map((line, index) => {
      if (marked.has(index + 1)) {
        return reducer.reduce(line, index > squashed ? `${localSquash}\n` : '')
      }
      return line === localSquash || line === '' ? line : withheld
    })
    .join('\n')
}

/** What a part of a text says by itself, to compare: its marks, and its place in the structure of the whole. */
interface Reading {
  marks(part: string, above: string, marks: KnownMarks): readonly string[]
  structure(part: string, above: string): readonly string[]
}

/** Read in a paragraph and as a closing block, below a subject under which an account's mark shows that it is one. */
const messageReading: Reading = {
  marks: (part, above, marks) =>
    (above === '' ? [part] : [inParagraph(part, above), asBlock(part, above)]).flatMap(
      (message, index) =>
        findEvidence({ message }, marks).evidence.map(
          ({ mark, tool, tier, claim, where: { line } }) =>
            `${index} ${mark} ${tool} ${tier} ${claim} ${line}`,
        ),
    ),
  structure: (part, above) => {
    if (above === '') return [`subject ${subjectShape(part)}`]
    return [
      `bullet ${part.startsWith(bullet) ? subjectShape(part.slice(bullet.length)) : ''}`,
      `trailers ${parseTrailers(asBlock(part, above)).map(({ line }) => line)}`,
      `git's own ${part.startsWith(signOff) || part.startsWith(cherryPick)}`,
    ]
  },
}

function inParagraph(part: string, above: string): string {
  return `${subjects.anywhere}${above}${part}`
}

function asBlock(part: string, above: string): string {
  return `${subjects.anywhere}\n${above}\n${part}`
}

const descriptionReading: Reading = {
  marks: (part, above, marks) =>
    findChangeEvidence(
      { commits: [], complete: true, description: `${above}${part}` },
      marks,
    ).evidence.map(({ mark, where }) => `${mark} ${where.line}`),
  structure: () => [],
}

/** Lines past these that read the same are no longer kept apart: a message must not grow by what is taken out of it. */
const mostAlike = 50

/** Reduces the lines of one text that are marks, and keeps apart what was apart: a mark that is repeated counts once. */
class MarkReducer {
  readonly #marks: KnownMarks
  readonly #personKey: (email: string) => string
  readonly #reading: Reading
  /** By reduced text: the texts that it stands for, in the order in which they came. */
  readonly #seen = new Map<string, Map<string, number>>()
  /** By trailer: what is left of it. */
  readonly #trailers = new Map<string, string>()

  constructor(marks: KnownMarks, personKey: (email: string) => string, reading: Reading) {
    this.#marks = marks
    this.#personKey = personKey
    this.#reading = reading
  }

  /** A trailer that is no mark; the same ones are often there many times. */
  withholdTrailer(part: string, above: string): string {
    const isNoMark = (text: string) => this.#reading.marks(text, above, this.#marks).length === 0
    const known = this.#trailers.get(above + part)
    if (known !== undefined) return known
    const kept = withholdTrailer(part, { ...this.#mayKeep(), isNoMark })
    this.#trailers.set(above + part, kept)
    return kept
  }

  #mayKeep() {
    return {
      knownWords: knownWords(this.#marks),
      knowsAddress: this.#marks.knowsAddress,
      personKey: this.#personKey,
    }
  }

  reduce(part: string, above: string): string {
    const read = (text: string) =>
      new Set([
        ...this.#reading.marks(text, above, this.#marks),
        ...this.#reading.structure(text, above),
      ])
    const expected = read(part)
    const reduction: Reduction = {
      ...this.#mayKeep(),
      readsAlike: (text) => read(text).symmetricDifference(expected).size === 0,
    }
    const reduced = reduceText(part, reduction)
    const raw = part.split('\n')
    const distinct = reduced
      .split('\n')
      .map((line, index) => this.#keepApart(line, raw[index] ?? ''))
      .join('\n')
    return reduction.readsAlike(distinct) ? distinct : reduced
  }

  /** The line with as many dots as there were other lines that read the same without their words. */
  #keepApart(reduced: string, raw: string): string {
    const places = this.#seen.get(reduced.toLowerCase()) ?? new Map<string, number>()
    this.#seen.set(reduced.toLowerCase(), places)
    const place = places.get(raw.toLowerCase()) ?? Math.min(places.size, mostAlike)
    places.set(raw.toLowerCase(), place)
    return reduced.replace(withheld, withheld.repeat(place + 1))
  }
}

/** Index of git's local squash header, below which lines are read without their indentation. */
function squashedFrom(lines: readonly string[]): number {
  const index = lines.findIndex((line) => line.replace(/\r$/, '') === localSquash)
  return index === -1 ? lines.length : index
}

/** A trailer goes on in the indented lines below it. */
function endOfTrailer(lines: readonly string[], start: number): number {
  const isContinuation = /^[ \t\r]+[^ \t\r\0][^\0]*$/
  let end = start + 1
  while (isContinuation.test(lines[end] ?? '')) end += 1
  return end
}

const blank = /^[ \t\r]*$/
/** How GitHub begins each commit's subject in a squash merge, and what it puts below the last one. */
const bullet = '* '
const rule = /^-{3,}\s*$/
const pickedCommit = /^[0-9a-f]{7,64}\)/

/** A line of which only its part in the message's structure stays: whether it is blank, indented, a comment, git's own. */
function withholdLine(line: string): string {
  const nul = line.indexOf('\0')
  if (nul !== -1) return `${withholdLine(line.slice(0, nul))}\0`
  if (blank.test(line) || [scissors, conflicts].includes(`${line}\n`)) return line
  if (line.replace(/\r$/, '') === localSquash || rule.test(line)) return line
  if (line.startsWith(bullet)) {
    const shape = subjectShape(line.slice(bullet.length))
    return `${bullet}${shape === undefined ? withheld : subjects[shape]}`
  }
  if (line.startsWith(cherryPick)) {
    const commit = pickedCommit.exec(line.slice(cherryPick.length))
    return `${cherryPick}${commit?.[0] ?? withheld}`
  }
  const [start = ''] = /^(?:#|[ \t\r]*)/.exec(line) ?? []
  return `${start}${withheld}`
}
