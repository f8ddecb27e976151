import type { KnownMarks } from './registry.ts'
import type { Mark } from './registry-schema.ts'

/** Words of model names and versions, which change faster than the registry and name nobody. */
const modelWords =
  'ai api beta build cli code context fast flash gpt haiku high large latest lite llm low max medium mini model nano opus preview pro sonnet thinking turbo ultra version'

const words = new WeakMap<KnownMarks, ReadonlySet<string>>()

/**
 * Every word that the registry itself uses: in tools' names, identities, keys, texts and patterns. What is written with
 * these words alone names a tool, and no person. Lower-cased.
 */
export function knownWords(marks: KnownMarks): ReadonlySet<string> {
  const known = words.get(marks) ?? collectWords(marks)
  words.set(marks, known)
  return known
}

function collectWords(marks: KnownMarks): ReadonlySet<string> {
  const texts = [modelWords]
  for (const { id, name, vendor, marks: own } of marks.tools.values()) {
    texts.push(id, name, vendor, ...own.flatMap(textsOf))
  }
  const found = new Set<string>()
  for (const [word] of texts.join('\n').matchAll(/[\p{L}\p{M}]+\??/gu)) {
    const whole = word.toLowerCase()
    if (!whole.endsWith('?')) found.add(whole)
    else found.add(whole.slice(0, -1)).add(whole.slice(0, -2))
  }
  return found
}

function textsOf(mark: Mark): string[] {
  const pattern = 'pattern' in mark && mark.pattern !== undefined ? [plainParts(mark.pattern)] : []
  switch (mark.in) {
    case 'author':
    case 'committer':
    case 'co-author':
      return [...pattern, ...(mark.emails ?? []), ...(mark.logins ?? [])]
    case 'trailer':
      return [...pattern, ...mark.keys]
    case 'line':
      return [...pattern, mark.contains]
    case 'label':
      return mark.names
    default:
      return pattern
  }
}

/** A pattern without what is no literal text: classes, properties, escapes, counts. */
function plainParts(pattern: string): string {
  return pattern.replace(
    /\\[pP]\{[^}]*\}|\\x[0-9a-f]{2}|\\.|\[(?:\\.|[^\]\\])*\]|\(\?<?[:=!]|\{\d+,?\d*\}/giu,
    ' ',
  )
}
