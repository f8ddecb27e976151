import { readFileSync } from 'node:fs'

/**
 * The rows of a comma-separated file (RFC 4180), each by the names of the first line.
 *
 * @throws Error where a row has another number of fields than the first
 */
export function readCsv(path: string): Record<string, string>[] {
  const [names = [], ...rows] = parseRows(readFileSync(path, 'utf8'))
  return rows.map((fields, index) => {
    if (fields.length !== names.length) {
      throw new Error(`${path}: row ${index + 1} has ${fields.length} fields, not ${names.length}`)
    }
    return Object.fromEntries(names.map((name, place) => [name, fields[place] ?? '']))
  })
}

/** A field, quoted or not, and what ends it. */
const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y

function parseRows(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  field.lastIndex = 0
  while (field.lastIndex < text.length || row.length > 0) {
    const at = field.lastIndex
    const match = field.exec(text)
    if (match === null) throw new Error(`no field at ${at}: ${text.slice(at, at + 40)}`)
    const [, quoted, plain, end] = match
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}
