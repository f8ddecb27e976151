import { visibleText } from '../visible-text.ts'
import { codeSpan } from './markdown.ts'

const noBreak = '\u00a0'

/**
 * A word or a number as prose has them, with quotes or brackets around and a sentence's mark behind: nothing in it is a sign
 * of Markdown, a link, a mention or a reference, and it begins no list.
 */
const plain =
  /^[("'“]*(?:\p{L}+(?:[-–'’]\p{L}+)*|E\d|[−+]?\d{1,6}(?:[.,–]\d{1,6})*%?|\d{1,6}-\d{1,6}|\d{4}-\d{2}-\d{2}|\d{1,6}\+|%|→|·)[)"'”]*(?:'s)?[,;:.!?…]*$/u

/**
 * Text as Markdown prose: plain words and numbers stay what they are, each run of anything else becomes one code span. Safe
 * for texts that hold names from outside, in the middle of a line and in a table.
 *
 * @example markdownProse('−18 % in acme/app') // '−18 % in ` acme/app `'
 */
export function markdownProse(text: string, maximum: number): string {
  const words = text
    .split(noBreak)
    .map((part) => visibleText(part, maximum))
    .join(noBreak)
    .split(' ')
  const runs: string[][] = []
  let wasPlain = true
  for (const word of words.filter((one) => one !== '')) {
    const isPlain = word.split(noBreak).every((part) => plain.test(part))
    if (isPlain || wasPlain) runs.push([word])
    else runs.at(-1)?.push(word)
    wasPlain = isPlain
  }
  return runs
    .map((run) => {
      const joined = run.join(' ')
      const isPlain = joined.split(noBreak).every((part) => plain.test(part))
      return isPlain ? joined : codeSpan(joined, maximum)
    })
    .join(' ')
}
