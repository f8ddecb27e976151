import {
  isOwnAddress,
  personHost,
  type Reduction,
  reduceText,
  splitAddresses,
  withheld,
} from './reduce-text.ts'

/** Words of the keys that projects use; beside the registry's they name nobody. */
const keyWords: ReadonlySet<string> = new Set(
  (
    'acked approved assisted authored backport bug by cc change checked closes co commit committed debugged developed ' +
    'fix fixes found for from generated helped id inspired issue link merged mentored needs of off on origin parent ' +
    'part pr queue ref refs related release reported requested requires resolves reviewed see session signed ' +
    'sponsored suggested tested ticket to trace type upstream url version with'
  ).split(' '),
)

/** Values out of closed lists, which name nobody. */
const closedValue =
  /^(?:yes|no|none|true|false|n\/?a|assisted|agent|human|full|partial|\d{1,3}\s?%?)$/i

const pair = /^([A-Za-z0-9-]+)([ \t]*:[ \t]*)/

/** What a withheld trailer may keep, and whether a text is no mark where the trailer stands. */
export type TrailerReduction = Omit<Reduction, 'readsAlike'> & {
  readonly isNoMark: (lines: string) => boolean
}

/**
 * A trailer that is no mark, or none that counts where it stands: people become keys, and any other value goes. It stays a
 * trailer and becomes no mark.
 *
 * @param lines the key's line and those in which its value goes on
 */
export function withholdTrailer(lines: string, reduction: TrailerReduction): string {
  const [line = '', ...folded] = lines.split('\n')
  const [start = '', key = '', separator = ': '] = pair.exec(line) ?? []
  const value = [line.slice(start.length), ...folded].join(' ').trim()
  const below = folded.map((one) => `\n${/^[ \t\r]*/.exec(one)?.[0]}${withheld}`).join('')
  const named = isPlainKey(key, reduction) ? key : 'Trailer'
  const forms = [
    `${named}${separator}${withholdValue(value, reduction)}`,
    `${named}${separator}${withheld}`,
  ].map((form) => `${form}${line.includes('\0') ? '\0' : ''}${below}`)
  return forms.find(reduction.isNoMark) ?? `Trailer: ${withheld}${below}`
}

function isPlainKey(key: string, { knownWords }: TrailerReduction): boolean {
  const words = key.toLowerCase().split('-')
  return words.every((word) => keyWords.has(word) || knownWords.has(word))
}

/** Whom it names, a tool or a bot by its name and people by their keys; or a value out of a closed list. */
function withholdValue(value: string, reduction: TrailerReduction): string {
  if (value === '' || closedValue.test(value)) return value
  const named = splitAddresses(value).filter((_, index) => index % 2 === 1)
  if (named.length === 0) return withheld
  const isOwn = (email: string) => isOwnAddress(email, reduction)
  if (named.every(isOwn)) return reduceText(value, { ...reduction, readsAlike: () => true })
  return named
    .map((email) =>
      isOwn(email) ? `<${email}>` : `person <${reduction.personKey(email)}@${personHost}>`,
    )
    .join(', ')
}
