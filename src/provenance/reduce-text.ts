/** What a text may keep, and how one knows that it still says the same. */
export interface Reduction {
  /** Lower-cased words that may stay. */
  readonly knownWords: ReadonlySet<string>
  /** Whether an address is itself a mark. */
  readonly knowsAddress: (email: string) => boolean
  /** Key of the person whose address it is. */
  readonly personKey: (email: string) => string
  /** Whether the shorter text is read as the whole one is. */
  readonly readsAlike: (text: string) => boolean
}

/** Stands for what is withheld. */
export const withheld = '…'

/** Host of the addresses that stand for people; `.invalid` can never be anybody's (RFC 2606). */
export const personHost = 'person.invalid'

/** Words past these are withheld unseen: no mark is that long, and looking at each takes time. */
const maximumWords = 120
const maximumWord = 500

/** Longest number that may stay: a date, and no session's or person's number. */
const maximumDigits = 8

/**
 * Keeps of a text that is a mark what makes it one: words that the registry knows, short numbers and punctuation. People's
 * addresses become their keys, everything else `…`. A word on which the mark hangs all the same keeps its shape, or stays.
 */
export function reduceText(text: string, reduction: Reduction): string {
  const words = text.split(/(\s+|\\n|\0)/)
  const forms = words.map((word) => formsOf(word, reduction))
  const shortest = words.map((word, index) => forms[index]?.[0] ?? word)
  if (reduction.readsAlike(joined(shortest))) return joined(shortest)
  const chosen = words.map((word, index) =>
    index < maximumWords ? word : (shortest[index] ?? withheld),
  )
  if (!reduction.readsAlike(joined(chosen))) return joined(shortest)
  for (const [index, word] of words.slice(0, maximumWords).entries()) {
    const readsAlike = (form: string) => reduction.readsAlike(joined(chosen.with(index, form)))
    const form = forms[index]?.find(readsAlike)
    chosen[index] = form ?? reduceWord(word, { ...reduction, readsAlike })
  }
  return joined(chosen)
}

/** A word that no shorter form may stand for: as many of its pieces as possible lose what they say. */
function reduceWord(word: string, reduction: Reduction): string {
  if (word.length > maximumWord) return withheld
  const pieces = piecesOf(word, reduction)
  if (pieces.every(({ is }) => is === 'kept')) return word
  const texts = pieces.map(({ text }) => text)
  for (const [index, piece] of pieces.entries()) {
    const shaped = withoutMeaning(piece, reduction)
    if (reduction.readsAlike(texts.with(index, shaped).join(''))) texts[index] = shaped
  }
  return texts.join('')
}

/** What is withheld side by side is withheld as one, except over the end of a line. */
function joined(words: readonly string[]): string {
  return words.join('').replace(/…(?:[^\S\n]+…)+/g, withheld)
}

/** A stretch of one word. */
interface Piece {
  readonly text: string
  readonly is: 'kept' | 'unknown' | 'person'
}

/** What may stand for a word, the least telling first; empty where it may stay as it is. */
function formsOf(word: string, reduction: Reduction): string[] {
  if (/^(?:\s+|\\n|\0|)$/.test(word)) return []
  if (word.length > maximumWord) return [withheld]
  const pieces = piecesOf(word, reduction)
  if (pieces.every(({ is }) => is === 'kept')) return []
  const key = ({ text }: Piece) => `${reduction.personKey(text)}@${personHost}`
  const atHost = ({ text }: Piece) => `${reduction.personKey(text)}@${hostOf(text)}`
  const forms = [written(pieces, key), written(pieces, atHost)]
  if (localPartsAreKnown(pieces, reduction)) {
    forms.push(written(pieces, ({ text }) => `${localPartOf(text)}@${personHost}`))
  }
  const shape = pieces.map((piece): Piece => {
    if (piece.is === 'person') return piece
    return { text: withoutMeaning(piece, reduction), is: 'kept' }
  })
  return [...new Set([...forms, written(shape, key)])].filter((form) => form !== word)
}

/** The pieces as text, people as given; from an unknown piece to the next one everything but addresses goes. */
function written(pieces: readonly Piece[], person: (piece: Piece) => string): string {
  let text = ''
  let after = ''
  let open = false
  for (const piece of pieces) {
    if (piece.is === 'unknown') {
      if (!open) text += withheld
      open = true
      after = ''
    } else if (piece.is === 'person') {
      text += after + person(piece)
      open = false
      after = ''
    } else if (open) after += piece.text
    else text += piece.text
  }
  return text + after
}

const localPart = /[\p{L}\p{N}._%+'~=-]+(?:\[bot\])?$/u
const host = /^[\p{L}\p{N}][\p{L}\p{N}.-]*/u
/** An address is no longer on either side (RFC 5321, section 4.5.3.1.2, and a little more for the other). */
const maximumSide = 255

/** Splits a text so that every second part is an address. Looks only around each @, so that no text takes long. */
export function splitAddresses(text: string): string[] {
  const parts: string[] = []
  let from = 0
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', Math.max(at + 1, from))) {
    const [local] = localPart.exec(text.slice(Math.max(from, at - maximumSide), at)) ?? []
    const [domain] = host.exec(text.slice(at + 1, at + 1 + maximumSide)) ?? []
    if (local === undefined || domain === undefined) continue
    const start = at - local.length
    const end = at + 1 + domain.length
    parts.push(text.slice(from, start), text.slice(start, end))
    from = end
  }
  return [...parts, text.slice(from)]
}

function piecesOf(word: string, reduction: Reduction): Piece[] {
  return splitAddresses(word).flatMap((part, index): Piece[] => {
    if (index % 2 === 1) {
      return [{ text: part, is: isOwnAddress(part, reduction) ? 'kept' : 'person' }]
    }
    const runs = part.match(/[\p{L}\p{M}]+|\p{N}+|[^\p{L}\p{M}\p{N}]+/gu) ?? []
    return runs.map((text) => ({ text, is: kindOf(text, reduction.knownWords) }))
  })
}

function kindOf(run: string, known: ReadonlySet<string>): Piece['is'] {
  if (/^\p{N}/u.test(run)) return run.length <= maximumDigits ? 'kept' : 'unknown'
  if (/^[\p{L}\p{M}]/u.test(run)) return isKnown(run, known) ? 'kept' : 'unknown'
  return 'kept'
}

function isKnown(word: string, known: ReadonlySet<string>): boolean {
  return word.length === 1 || known.has(word.toLowerCase())
}

/** An app's account on GitHub, which no person can have: only an app's login has brackets. */
const appAddress = /^(?:\d{1,15}\+)?[a-z0-9-]+\[bot\]@users\.noreply\.github\.com$/i

/** Whether an address is a tool's or a bot's own. */
export function isOwnAddress(
  email: string,
  { knowsAddress }: Pick<Reduction, 'knowsAddress'>,
): boolean {
  return knowsAddress(email) || appAddress.test(email)
}

function hostOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1)
}

function localPartOf(email: string): string {
  return email.slice(0, email.lastIndexOf('@'))
}

function localPartsAreKnown(pieces: readonly Piece[], { knownWords }: Reduction): boolean {
  const words = pieces
    .filter(({ is }) => is === 'person')
    .flatMap(({ text }) => localPartOf(text).match(/[\p{L}\p{M}]+/gu) ?? [])
  return words.length > 0 && words.every((word) => isKnown(word, knownWords))
}

/** As long as the piece, with nothing left of it but words that are known; hexadecimal, as sessions' numbers are. */
function withoutMeaning({ text }: Piece, { knownWords }: Reduction): string {
  return text.length > 1 && knownWords.has(text.toLowerCase())
    ? text
    : text.replace(/\p{N}/gu, '0').replace(/[\p{L}\p{M}]/gu, 'a')
}
