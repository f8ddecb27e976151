import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { compareMethods } from './vector-methods.ts'

const VectorFileSchema = z.object({
  method: z.string(),
  tolerance: z.object({ abs: z.number().optional(), rel: z.number().optional() }),
  cases: z.array(z.object({ id: z.string(), input: z.unknown(), expected: z.unknown() })),
})

/** What became of one file of golden vectors. */
export interface VectorResult {
  readonly method: string
  /** False: no function of the product computes it; its cases are not run. */
  readonly used: boolean
  readonly passed: number
  /** Values that differ, one line each. */
  readonly failures: readonly string[]
}

/**
 * Runs every `*.json` of a directory through the production functions. A value passes when it is as near to the expected one
 * as the file's tolerance says, absolutely or relatively; `null` stands for "no value".
 */
export function runVectors(directory: string): VectorResult[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => runFile(join(directory, name)))
}

function runFile(path: string): VectorResult {
  const file = VectorFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  const compute = compareMethods[file.method]
  if (compute === undefined) {
    return { method: file.method, used: false, passed: 0, failures: [] }
  }
  const { abs = 0, rel = 0 } = file.tolerance
  const isNear = (expected: number, got: number) => {
    const distance = Math.abs(expected - got)
    return distance <= abs || distance <= rel * Math.abs(expected)
  }
  let passed = 0
  const failures: string[] = []
  for (const { id, input, expected } of file.cases) {
    const check = (where: string, want: unknown, got: unknown): void => {
      if (Array.isArray(want)) {
        for (const [index, one] of want.entries()) {
          check(`${where}[${index}]`, one, Array.isArray(got) ? got[index] : undefined)
        }
        if (Array.isArray(got) && got.length !== want.length) {
          failures.push(`${where}: ${got.length} values where ${want.length} were expected`)
        }
      } else if (want !== null && typeof want === 'object') {
        for (const [key, one] of Object.entries(want)) {
          const own = got !== null && typeof got === 'object' ? Reflect.get(got, key) : undefined
          check(`${where}.${key}`, one, own)
        }
      } else if (
        typeof want === 'number' ? typeof got === 'number' && isNear(want, got) : want === got
      ) {
        passed += 1
      } else {
        failures.push(`${where}: expected ${want}, got ${got}`)
      }
    }
    check(id, expected, compute(input))
  }
  return { method: file.method, used: true, passed, failures }
}
