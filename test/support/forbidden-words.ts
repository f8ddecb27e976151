import { lineAt, parseSource, walk } from './source-tree.ts'

/** Words that no user may ever read from us: they judge people, or claim what nobody can know (docs/provenance.md). */
const FORBIDDEN =
  /\b(human[- ]written|productivity|adoption[- ]scores?|power[- ]users?|leaderboards?|rank(s|ed|ings?)?|winners?|impact(s|ful)?)\b/gi

/** A forbidden word, and the line (from 1) where it stands. */
export interface ForbiddenWord {
  readonly line: number
  readonly word: string
}

/** Forbidden words anywhere in a text. */
export function findForbiddenWords(text: string): ForbiddenWord[] {
  return [...text.matchAll(FORBIDDEN)].map((match) => ({
    line: lineAt(text, match.index),
    word: match[0],
  }))
}

/** Words that would claim a cause or judge a time, which no report may (docs/method.md, From numbers to words). */
const JUDGING =
  /\b(significan(?:t|tly|ce)|effects?|saved|saves|saving|better|worse|faster|slower)\b/gi
/** Our own words that say that a number must not be taken for a judgement. */
const disclaimer = /\bmore is not worse\b/gi

/** Words in a report that claim a cause, or that call a time good or bad. */
export function findWordsThatJudge(text: string): ForbiddenWord[] {
  const rest = text.replaceAll(disclaimer, (words) => ' '.repeat(words.length))
  return [...rest.matchAll(JUDGING)].map((match) => ({
    line: lineAt(text, match.index),
    word: match[0],
  }))
}

/** Forbidden words in the strings and templates of a TypeScript file: comments and names are for developers. */
export function findForbiddenWordsInStrings(path: string, source: string): ForbiddenWord[] {
  const found: ForbiddenWord[] = []
  walk(parseSource(path, source), (node) => {
    if (node.type !== 'Literal' && node.type !== 'TemplateElement') return
    if (node.type === 'Literal' && typeof node.value !== 'string') return
    const first = lineAt(source, node.start)
    for (const { line, word } of findForbiddenWords(source.slice(node.start, node.end))) {
      found.push({ line: first + line - 1, word })
    }
  })
  return found
}
