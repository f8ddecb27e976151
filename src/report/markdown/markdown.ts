import { visibleText } from '../visible-text.ts'

/**
 * Untrusted text as one inert code span, in which mentions, links, references, HTML and emoji codes are plain text. The
 * fence is longer than any run of backticks inside; `|` becomes a look-alike, because Markdown renderers disagree on how
 * it is escaped in tables. Texts of more than `maximum` code points are cut.
 */
export function codeSpan(text: string, maximum?: number): string {
  const shown = visibleText(text, maximum).replaceAll('|', '│')
  if (shown === '') return '` `'
  const longest = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence} ${shown} ${fence}`
}

/** Words and numbers as prose has them: no Markdown sign, nothing that GitHub would turn into a link or a list. */
const plainWord = /^(?:[("']?\p{L}+(?:['’-]\p{L}+)*["')]?[,;:.!?…]?|\d{1,6}[,;:]?)$/u

/**
 * A sentence of ours that may quote others, a parser's message for one: plain words and what stands between backticks stay
 * what they are, everything else becomes code. Cut to `maximum` code points.
 */
export function proseWithCode(sentence: string, maximum: number): string {
  const shown: string[] = []
  const [first = '', ...rest] = visibleText(sentence, maximum).split(/`([^`]*)`([,;:.!?]?)/)
  shown.push(...wordsAndCode(first, maximum))
  for (let index = 0; index < rest.length; index += 3) {
    const [code = '', punctuation = '', words = ''] = rest.slice(index, index + 3)
    shown.push(codeSpan(code, maximum) + punctuation, ...wordsAndCode(words, maximum))
  }
  return shown.join(' ')
}

/** Plain words, and each run of other words as one code span. */
function wordsAndCode(text: string, maximum: number): string[] {
  const runs: string[][] = []
  let plain = true
  for (const word of text.split(' ').filter((one) => one !== '')) {
    const wasPlain = plain
    plain = plainWord.test(word)
    if (plain || wasPlain) runs.push([word])
    else runs.at(-1)?.push(word)
  }
  return runs.map((run) => {
    const joined = run.join(' ')
    return plainWord.test(joined) ? joined : codeSpan(joined, maximum)
  })
}

/** A GitHub-flavoured table; the cells must be Markdown already. */
export function markdownTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n')
}
