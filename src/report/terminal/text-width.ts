const ascii = /^[ -~]*$/
const nothing = /^[\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}]*$/u
/** East Asian Wide and Fullwidth (Unicode Standard Annex 11), by script, and what terminals draw as a picture. */
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Tangut}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\ufe0f/u

/**
 * Columns that a text takes in a terminal: two for East Asian wide characters and emoji, none for marks on others.
 *
 * @example textWidth('港 harbour') // 10
 */
export function textWidth(text: string): number {
  if (ascii.test(text)) return text.length
  return charactersOf(text).reduce((columns, character) => columns + widthOf(character), 0)
}

/** The longest start of a text that fits into so many columns, and at least one character. */
export function takeColumns(text: string, columns: number): string {
  const [first = '', ...rest] = charactersOf(text)
  let taken = first
  let left = columns - widthOf(first)
  for (const character of rest) {
    left -= widthOf(character)
    if (left < 0) break
    taken += character
  }
  return taken
}

/** A text filled up with spaces to so many columns. */
export function padded(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, columns - textWidth(text)))
  return side === 'left' ? text + space : space + text
}

function widthOf(character: string): number {
  if (nothing.test(character)) return 0
  return wide.test(character) ? 2 : 1
}

/** Characters as a reader sees them: an emoji may be many code points. */
function charactersOf(text: string): string[] {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}
