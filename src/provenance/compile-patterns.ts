import { RE2JS } from 're2js'
import { anyValue } from './configuration-file.ts'
import { patternSource } from './registry.ts'
import type { Mark, Tool } from './registry-schema.ts'

/** Instructions of all compiled patterns together: `(a{1000}){1}` is short to write and long to run. */
const maximumInstructions = 10_000

/** The one pattern that cannot be used, and why. */
export interface PatternFault {
  /** Keys and indexes that lead to it in the file. */
  readonly path: readonly (string | number)[]
  readonly message: string
}

/**
 * Compiles the patterns of the file with RE2, which takes linear time on any text, one after the other: compiling a bad
 * one is not free either.
 */
export function compilePatterns(
  tools: readonly Tool[],
): { patterns: Map<string, RE2JS>; warnings: string[] } | PatternFault {
  const patterns = new Map<string, RE2JS>()
  const warnings: string[] = []
  let instructions = 0
  for (const { path, mark } of patternedMarks(tools)) {
    const source = patternSource(mark) ?? ''
    const fault = (reason: string): PatternFault => ({
      path,
      message: `the pattern ${JSON.stringify(mark.pattern)} cannot be used: ${reason}`,
    })
    try {
      // By itself first: `a)|(b` would be whole only between the anchors of a line.
      RE2JS.compile(mark.pattern)
      const pattern = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)
      instructions += pattern.programSize()
      if (instructions > maximumInstructions)
        return fault('it is too large, alone or with those above it')
      patterns.set(source, pattern)
      if (mark.pattern !== anyValue && matchesEverything(pattern)) {
        warnings.push(
          `${path.join('.')}: the pattern ${JSON.stringify(mark.pattern)} matches every text`,
        )
      }
    } catch (error) {
      const reason = firstLine(error instanceof Error ? error.message : String(error))
      return fault(`${reason}; RE2 syntax is supported, without look-around or back-references`)
    }
  }
  return { patterns, warnings }
}

interface PatternedMark {
  readonly path: readonly (string | number)[]
  readonly mark: Extract<Mark, { in: 'trailer' | 'line' }>
}

function patternedMarks(tools: readonly Tool[]): PatternedMark[] {
  return tools.flatMap(({ marks }, index) => [
    ...marks
      .filter((mark) => mark.in === 'trailer')
      .map((mark, at) => ({ path: ['tools', index, 'trailers', at, 'value'], mark })),
    ...marks
      .filter((mark) => mark.in === 'line')
      .map((mark, at) => ({ path: ['tools', index, 'lines', at], mark })),
  ])
}

/** A pattern that finds itself in a word, a sentence and another script alike tells nothing apart. */
function matchesEverything(pattern: RE2JS): boolean {
  return ['x', 'Any other text, 1.', 'другое'].every((sample) => pattern.test(sample))
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message
}
