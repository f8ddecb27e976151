import type { ReportVerdict } from './report-comparison.ts'

/** Whether a verdict says that there is a difference, or that there is hardly any. The others leave it open. */
export function isSettled(verdict: ReportVerdict): boolean {
  return verdict === 'lower' || verdict === 'higher' || verdict === 'similar'
}

/**
 * The first words of a statement, up to its first colon or full stop: the verdict without its numbers.
 *
 * @example leadOf('Fewer reverts with AI recorded: −9.8 per 1,000 (−17.2 to −2.4).') // 'Fewer reverts with AI recorded:'
 */
export function leadOf(statement: string): string {
  return /^.*?[:.](?=\s|$)/.exec(statement)?.[0] ?? statement
}
