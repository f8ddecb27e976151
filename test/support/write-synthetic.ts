import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { formatRecord, syntheticOrganisation } from '../../src/delivery/index.ts'

// Writes the records of a synthetic organisation, for a look or a measurement:
// node test/support/write-synthetic.ts --changes 100000 --people 1000 > records.ndjson
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    'as-of': { type: 'string', default: '2026-11-16T00:00:00Z' },
    changes: { type: 'string', default: '6400' },
    people: { type: 'string', default: '60' },
    repositories: { type: 'string', default: '6' },
    weeks: { type: 'string', default: '40' },
  },
})

const weeks = Number(values.weeks)
const records = syntheticOrganisation({
  seed: Number(values.seed),
  asOf: values['as-of'],
  people: Number(values.people),
  repositories: Number(values.repositories),
  weeks,
  changesPerWeek: Number(values.changes) / weeks,
})

const linesAtOnce = 200
let lines: string[] = []
for (const record of records) {
  if (lines.push(`${formatRecord(record)}\n`) < linesAtOnce) continue
  if (!process.stdout.write(lines.join(''))) await once(process.stdout, 'drain')
  lines = []
}
process.stdout.write(lines.join(''))
