import { parseOptions } from './parse-options.ts'
import { readTime } from './period.ts'
import { UsageError } from './usage-error.ts'

export const reportFormats = ['terminal', 'html', 'md', 'json', 'ndjson', 'csv'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** What is asked for. */
export interface ReportOptions {
  /** undefined: the made-up organisation. */
  readonly source: string | undefined
  /** Milliseconds since the epoch, not snapped; undefined: the newest that the records tell of. */
  readonly asOf: number | undefined
  readonly format: ReportFormat
  readonly out: string | undefined
  readonly explain: boolean
  readonly keyFile: string | undefined
  /** Whether lines changed after the first review are asked for. */
  readonly diffs: boolean
  /** Of a repository that no record names. */
  readonly name: string | undefined
  /** How often a program is told how far the reading has come, milliseconds. */
  readonly progressInterval: number | undefined
}

export function readReportOptions(args: readonly string[]): ReportOptions {
  const { values, positionals } = parseOptions(args, {
    'as-of': { type: 'string' },
    format: { type: 'string' },
    out: { type: 'string' },
    explain: { type: 'boolean' },
    example: { type: 'boolean' },
    'key-file': { type: 'string' },
    diffs: { type: 'boolean' },
    name: { type: 'string' },
    progress: { type: 'string' },
  })
  const named = values.example === true ? ['--example', ...positionals] : positionals
  if (named.length === 0) throw new UsageError('report needs a SOURCE, or --example')
  if (named.length > 1) throw new UsageError('report reads one SOURCE')
  if (values.out === '') throw new UsageError('--out needs a file')
  if (values['key-file'] === '') throw new UsageError('--key-file needs a file')
  const { name, 'as-of': asOf } = values
  if (name !== undefined && !/^[^\p{C}]{1,100}$/u.test(name)) {
    throw new UsageError('--name needs 1 to 100 characters in one line')
  }
  return {
    source: positionals[0],
    asOf: asOf === undefined ? undefined : Date.parse(readTime('--as-of', asOf)),
    format: readFormat(values.format ?? formatOf(values.out)),
    out: values.out,
    explain: values.explain ?? false,
    keyFile: values['key-file'],
    diffs: values.diffs ?? false,
    name,
    progressInterval: readSeconds(values.progress),
  }
}

function readSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError('--progress needs seconds, from 1 to 9999')
  return Number(text) * 1_000
}

/** What the ending of the file says: a page where one was asked for, not a terminal's text in it. */
function formatOf(out = ''): string {
  const ending = /\.([a-z]+)$/i.exec(out)?.[1]?.toLowerCase() ?? ''
  return (
    reportFormats.find((format) => format === (ending === 'htm' ? 'html' : ending)) ?? 'terminal'
  )
}

function readFormat(text: string): ReportFormat {
  const format = reportFormats.find((one) => one === text)
  if (format === undefined) {
    throw new UsageError(`--format needs one of ${reportFormats.join(', ')}`)
  }
  return format
}
