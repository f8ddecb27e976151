import { RecentTextsOf } from './recent-texts.ts'
import type { KnownMarks } from './registry.ts'

const maximumText = 200
const words = /[\s<>]+|[^\s<>]+/g

/**
 * The text without people's addresses: only one that is a known mark itself is shown. Cut to 200 characters, never inside
 * an address or a code point.
 */
export function shownText(text: string, marks: KnownMarks): string {
  if (text.length <= maximumText && !text.includes('@')) return text
  return recentlyShown.of(marks, text, () => withoutAddresses(text, marks))
}

/** The same few identities and trailers are shown for most commits of a tool. */
const recentlyShown = new RecentTextsOf<KnownMarks, string>()

function withoutAddresses(text: string, marks: KnownMarks): string {
  let shown = ''
  for (const [word] of text.matchAll(words)) {
    shown += isAddress(word) && !marks.knowsAddress(word) ? '…' : word
    if (shown.length > maximumText) return `${cut(shown, maximumText - 1)}…`
  }
  return shown
}

function isAddress(word: string): boolean {
  const at = word.indexOf('@', 1)
  return at !== -1 && at < word.length - 1
}

function cut(text: string, length: number): string {
  const kept = text.slice(0, length)
  return kept.isWellFormed() ? kept : kept.replace(/[\ud800-\udbff]$/, '')
}
