import { takeColumns, textWidth } from './text-width.ts'

/** How the lines of a paragraph begin. */
export interface Indent {
  readonly first: string
  readonly rest: string
}

/**
 * Breaks a paragraph into lines of so many columns, between words; a no-break space holds two together, and a word that is
 * wider than a line is broken. In what comes out, a no-break space is a space.
 */
export function wrapText(
  text: string,
  columns: number,
  { first, rest }: Indent = { first: '', rest: '' },
): string[] {
  const lines: string[] = []
  let indent = first
  let line = ''
  const end = () => {
    lines.push((indent + line).replaceAll('\u00a0', ' '))
    indent = rest
    line = ''
  }
  for (let word of text.split(' ').filter((one) => one !== '')) {
    if (line !== '' && textWidth(`${indent}${line} ${word}`) > columns) end()
    while (textWidth(indent + word) > columns) {
      line = takeColumns(word, Math.max(1, columns - textWidth(indent)))
      word = word.slice(line.length)
      if (word === '') break
      end()
    }
    if (word !== '') line = line === '' ? word : `${line} ${word}`
  }
  if (line !== '' || lines.length === 0) end()
  return lines
}
