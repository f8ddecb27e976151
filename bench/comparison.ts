import { parseArgs } from 'node:util'
import { compareOutcomes } from '../src/comparison/index.ts'
import { loadReports } from '../src/report/index.ts'
import { atMost, type Figure, median } from './figure.ts'
import { randomTable } from './random-table.ts'

const asOf = Date.parse('2026-11-16T00:00:00Z')

/** Changes, people, and how often it is measured. */
const sizes = [
  { changes: 10_000, people: 500, runs: 31 },
  { changes: 100_000, people: 2_000, runs: 9 },
  { changes: 1_000_000, people: 5_000, runs: 5 },
] as const
/** Most milliseconds, by number of changes. */
const limits = new Map([
  [10_000, 15],
  [1_000_000, 1_000],
])
/** Ten times as many changes may take so many times longer each: they fit into no cache. */
const mostGrowth = 2
/** The comparison alone: a report of so many takes more memory than a machine may have. */
const largest = { changes: 10_000_000, people: 20_000, runs: 1 } as const

/**
 * The three comparisons, with the same people, last week and sensitivity, and the whole report, over tables that are in
 * memory already. Time a change may not grow with their number.
 *
 * @param withLargest ten million changes too, which takes some gigabytes
 */
export async function benchComparison(withLargest = false): Promise<Figure[]> {
  const { buildReport } = await loadReports()
  const costs: { changes: number; comparison: number; report: number | null }[] = []
  for (const { changes, people, runs } of withLargest ? [...sizes, largest] : sizes) {
    const table = randomTable(changes, people, asOf, 1)
    const scope = { kind: 'organisation', name: 'example', synthetic: true } as const
    // A table of its own each time: what was found out of one is remembered.
    const comparison = cpuOf(runs, () => compareOutcomes({ ...table }, { asOf }))
    const make = () => buildReport({ table: { ...table }, asOf, askedFor: asOf, scope })
    const report = changes === largest.changes ? null : cpuOf(Math.ceil(runs / 3), make)
    costs.push({ changes, comparison, report })
  }
  return costs.flatMap(({ changes, comparison, report }, index) => {
    const size = changes.toLocaleString('en')
    const limit = limits.get(changes)
    const what = `comparison of ${size} changes`
    const fixed =
      limit === undefined ? [] : [atMost(what, comparison, 'ms of CPU', 'a fixed limit', limit)]
    const before = costs[index - 1]
    if (before === undefined) return fixed
    const grown = (now: number, then: number) => now / changes / (then / before.changes)
    const versus = `at ${before.changes.toLocaleString('en')} changes`
    return [
      ...fixed,
      atMost(
        `${what} (${comparison.toFixed(0)} ms), CPU a change`,
        grown(comparison, before.comparison),
        'times',
        versus,
        mostGrowth,
      ),
      ...(report === null || before.report === null
        ? []
        : [
            atMost(
              `report of ${size} changes at hand (${report.toFixed(0)} ms), CPU a change`,
              grown(report, before.report),
              'times',
              versus,
              mostGrowth,
            ),
          ]),
    ]
  })
}

/** Processor time of one run, milliseconds: the middle of several after a first one. */
function cpuOf(runs: number, work: () => unknown): number {
  work()
  return median(
    Array.from({ length: runs }, () => {
      const before = process.cpuUsage()
      work()
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1_000
    }),
  )
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { largest: { type: 'boolean', default: false } } })
  for (const figure of await benchComparison(values.largest)) console.log(JSON.stringify(figure))
}
