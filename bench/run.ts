import { parseArgs } from 'node:util'
import { benchAction } from './action.ts'
import { benchApp } from './app.ts'
import { benchAssess } from './assess.ts'
import { benchBundle } from './bundle.ts'
import { benchComparison } from './comparison.ts'
import { benchExport } from './export.ts'
import type { Figure } from './figure.ts'
import { benchGitHubRequests } from './github-requests.ts'
import { benchLabels } from './labels.ts'
import { benchPages } from './pages.ts'
import { benchReport } from './report.ts'
import { benchSnapshots } from './snapshots.ts'
import { benchStore } from './store.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    clone: { type: 'string', multiple: true, default: [] },
  },
})

const figures = [
  ...(await benchBundle()),
  ...(await benchAction(values.clone)),
  ...(await benchAssess(values.clone)),
  ...(await benchExport(values.clone)),
  ...(await benchLabels(values.clone)),
  ...(await benchGitHubRequests(values.clone)),
  ...(await benchComparison()),
  ...(await benchReport()),
  ...(await benchApp()),
  ...(await benchStore()),
  ...(await benchPages()),
  ...(await benchSnapshots()),
]

if (values.json) for (const figure of figures) console.log(JSON.stringify(figure))
else console.log(table(figures))

process.exitCode = figures.every(({ ok }) => ok) ? 0 : 1

function table(rows: readonly Figure[]): string {
  const cells = rows.map(({ name, value, unit, versus, limit, ok }) => [
    ok ? 'ok' : 'MISSED',
    name,
    `${value} ${unit}`,
    limit === Number.POSITIVE_INFINITY ? '' : `limit ${limit}`,
    `against ${versus}`,
  ])
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  )
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
