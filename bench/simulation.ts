import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkClaims } from './simulation/claims.ts'
import { simulationPage, withSimulation } from './simulation/page.ts'
import { simulate } from './simulation/simulate.ts'

// Measures what the product claims of its intervals and statements (docs/method.md), by its own functions, where the truth
// is known. With --write the tables go into that page.  npm run simulate -- --runs 2000 --write
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
})

const given = { seed: Number(values.seed), runs: Number(values.runs) }
const simulation = simulate(given, (what) => process.stderr.write(`${what}\n`))
const tables = simulationPage(simulation)
if (values.write) {
  const path = join(import.meta.dirname, '../docs/method.md')
  writeFileSync(path, withSimulation(readFileSync(path, 'utf8'), tables))
} else console.log(tables)

const differing = checkClaims(simulation).filter(({ agrees }) => !agrees)
for (const { what } of differing) process.stderr.write(`differs from what is stated: ${what}\n`)
process.stderr.write(`${(process.cpuUsage().user / 1e6).toFixed(0)} s of CPU\n`)
