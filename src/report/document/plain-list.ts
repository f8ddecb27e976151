/**
 * Words one after the other, as a sentence has them.
 *
 * @example plainList(['time to merge', 'review rounds', 'reverts']) // 'time to merge, review rounds and reverts'
 */
export function plainList(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}
