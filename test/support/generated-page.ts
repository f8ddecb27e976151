import { readFileSync } from 'node:fs'

/**
 * A page of which parts are made from the sources: what stands between `<!-- begin NAME -->` and `<!-- end NAME -->` is as it should be.
 *
 * @throws Error where the page has no place for one of them
 */
export function generatedPage(path: string, parts: Readonly<Record<string, () => string>>): string {
  return Object.entries(parts).reduce(
    (page, [name, make]) => {
      const begin = `<!-- begin ${name} -->\n`
      const end = `<!-- end ${name} -->`
      const [before, rest] = split(page, begin, path)
      const [, after] = split(rest, end, path)
      return `${before}${begin}\n${make()}\n\n${end}${after}`
    },
    readFileSync(path, 'utf8'),
  )
}

function split(text: string, at: string, path: string): [string, string] {
  const index = text.indexOf(at)
  if (index === -1) throw new Error(`${path} has no line "${at.trim()}": put it back`)
  return [text.slice(0, index), text.slice(index + at.length)]
}
