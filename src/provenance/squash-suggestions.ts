import { subjectShape } from './accepted-suggestion.ts'

/** How GitHub begins each commit in the message of a squash merge, and what it puts before the co-authors of them all. */
const bullet = /^\* (.*)$/
const rule = /^-{3,}$/
const coAuthor = /^co-authored-by:[ \t]*(.*)$/i

/**
 * Co-authors that a squash merge took over from accepted review suggestions alone: every commit under which one stands has
 * a suggestion's subject. GitHub repeats them below a rule, where they look like authors of the whole. Lower-cased.
 */
export function squashSuggestions(message: string): ReadonlySet<string> {
  const suggested = new Set<string>()
  if (!message.includes('\n* ')) return suggested
  const authored = new Set<string>()
  let current: Set<string> | undefined
  for (const line of message.split('\n').slice(1)) {
    const text = line.trimEnd()
    const subject = bullet.exec(text)?.[1]
    if (subject !== undefined) {
      current = subjectShape(subject) === 'anywhere' ? suggested : authored
    } else if (rule.test(text)) {
      current = undefined
    } else {
      const value = coAuthor.exec(text)?.[1]
      if (value !== undefined) current?.add(value.trim().toLowerCase())
    }
  }
  return suggested.difference(authored)
}
