import type { Pseudonyms } from './pseudonyms.ts'
import type { TextKeys } from './record.ts'

const shortestStart = 16
const startStep = 8
/** GitHub and git cut titles at about 70 characters; a longer start would never be asked for. */
const longestStart = 72

/** Quotation marks are dropped: they change from mouth to mouth, and nested ones are torn first. */
const quotationMarks = /["'`´‘’‚‛“”„‟«»]/g
/** `(#12)` at the end, as squashing adds it, perhaps more than once, perhaps torn: `(#1…`. */
const trailingNumbers = /(?:\s*\(#\d*(?:\)|…|\.{3}|$)|\s*\((?:…|\.{3}))+\s*$/
/** Nobody quotes more, and a commit's first line may be a whole file. */
const longestTitle = 1_000
const tear = /(?:…|\.{3})\s*$/
/** `fix(core)!: `, `[camera] `, `Fix: `: what kind of change it is and where, which a revert often leaves out or changes. */
const prefix = /^(?:\[[^\]]{1,60}\]:?\s*|[\p{L}\d/_.-]{1,30}(?:\([^()]{0,60}\))?!?:\s+)/u

/**
 * A title as it is compared: without quotation marks, without the pull request's number and the dots of a cut at its end,
 * in lower case, with single spaces.
 */
export function normaliseTitle(title: string): string {
  return title
    .slice(0, longestTitle)
    .normalize('NFC')
    .replace(quotationMarks, ' ')
    .replace(/\s+/g, ' ')
    .trimEnd()
    .replace(trailingNumbers, '')
    .replace(tear, '')
    .trim()
    .toLowerCase()
}

/** The title without what stands before its text: `fix(core)!: `, `[camera] `, also several of them. */
export function withoutPrefix(title: string): string {
  let text = title.slice(0, longestTitle).trimStart()
  for (let match = prefix.exec(text); match !== null; match = prefix.exec(text))
    text = text.slice(match[0].length)
  return text
}

/** Whether the end of the title is missing, as git and GitHub cut long ones: `Add the first of…`. */
export function isTorn(title: string): boolean {
  const text = title.slice(0, longestTitle).replace(quotationMarks, '').trimEnd()
  return tear.test(text.replace(/(?:\s*\(#\d+\))+$/, '')) || /\(#\d*(?:…|\.{3})?$/.test(text)
}

/**
 * Keys of a title, of the title without its prefix and of its first 16, 24, 32 … 72 characters: enough to find who quotes
 * it, whole or torn, and nothing that can be read.
 *
 * @example titleKeys('Add a cache (#12)', pseudonyms).whole === titleKeys('add  a "cache"', pseudonyms).whole
 */
export function titleKeys(title: string, pseudonyms: Pseudonyms): TextKeys {
  const text = normaliseTitle(title)
  const start: string[] = []
  for (let end = shortestStart; end <= Math.min(text.length, longestStart); end += startStep)
    start.push(pseudonyms.text(`start of a title\n${text.slice(0, end)}`))
  return {
    whole: pseudonyms.text(`title\n${text}`),
    bare: pseudonyms.text(`title\n${withoutPrefix(text)}`),
    start,
  }
}
