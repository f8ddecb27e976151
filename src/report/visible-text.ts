const maximumCodePoints = 120
/** Longer combining runs are decoration that climbs over neighbouring lines. */
const maximumMarks = 4

/** Printable ASCII with single spaces shows as it is: nearly all text, and the classes below take long to compile. */
const plain = /^[!-~]+(?: [!-~]+)*$/

/** Controls, format characters, private use, unassigned, fillers and selectors: what shows nothing or something else. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu
const manyMarks = new RegExp(`(\\p{M}{${maximumMarks}})\\p{M}+`, 'gu')

/**
 * Untrusted text as one line of characters that can be seen: white space becomes one space, what is invisible is written
 * as `<U+200B>`, long runs of combining marks and texts of more code points than `maximum` are cut, never inside a
 * character as a reader sees it.
 */
export function visibleText(text: string, maximum: number = maximumCodePoints): string {
  if (text.length <= maximum && plain.test(text)) return text
  const shown = text
    .toWellFormed()
    .replace(/\p{White_Space}+/gu, ' ')
    .replace(invisible, (character) => `<U+${hexadecimal(character)}>`)
    .replace(manyMarks, '$1')
    .trim()
  return clamp(shown, maximum)
}

function hexadecimal(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
}

function clamp(text: string, maximum: number): string {
  // No code point takes more than two code units: what is behind them is cut in any case.
  const start = text.slice(0, 2 * (maximum + 1))
  if (countCodePoints(start) <= maximum) return text
  // Made only where a text is cut: it takes longer to make than all else here.
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
  let kept = ''
  let left = maximum - 1
  for (const { segment } of graphemes.segment(start)) {
    left -= countCodePoints(segment)
    if (left < 0) break
    kept += segment
  }
  return `${kept}…`
}

function countCodePoints(text: string): number {
  return Array.from(text).length
}
