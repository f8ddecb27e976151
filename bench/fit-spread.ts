import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { ChangeSchema } from '../src/delivery/index.ts'
import { fitSpread, type Observed } from './simulation/fit-spread.ts'

// Fits what the simulation takes from real histories (docs/method.md): of files of `what-shipped export --changes`, a year up
// to the last merge.  node bench/fit-spread.ts CHANGES.ndjson ...
const { positionals } = parseArgs({ allowPositionals: true })

const LineSchema = z.object({
  exclusion: ChangeSchema.shape.exclusion,
  responsible: ChangeSchema.shape.responsible,
  mergedAt: ChangeSchema.shape.mergedAt,
  cycleSeconds: ChangeSchema.shape.cycleSeconds,
  authoredToMergedSeconds: ChangeSchema.shape.authoredToMergedSeconds,
  size: z.object({ linesAtStart: z.number() }).nullable(),
  reverted: z.object({ within30Days: z.boolean().nullable() }).nullable(),
})

const year = 365 * 86_400_000

for (const path of positionals) {
  const changes: z.infer<typeof LineSchema>[] = []
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const change = LineSchema.parse(JSON.parse(line))
    if (change.exclusion === null && change.mergedAt !== null) changes.push(change)
  }
  const merged = changes.map(({ mergedAt }) => Date.parse(mergedAt ?? ''))
  const last = Math.max(...merged)
  const observed = changes.flatMap((change, index): Observed[] => {
    const seconds = change.cycleSeconds ?? change.authoredToMergedSeconds
    if (seconds === null || (merged[index] ?? 0) < last - year) return []
    return [
      {
        person: change.responsible.key,
        hours: seconds / 3_600,
        lines: change.size?.linesAtStart ?? null,
        reverted: change.reverted?.within30Days ?? null,
      },
    ]
  })
  const fitted = Object.entries(fitSpread(observed)).map(([name, value]) => [
    name,
    value === null ? null : Number(value.toPrecision(3)),
  ])
  console.log(basename(path), JSON.stringify(Object.fromEntries(fitted)))
}
