import { snapToMonday, tableFromRecords } from '../../src/comparison/index.ts'
import { exampleOrganisation, syntheticOrganisation } from '../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'
import { buildReport } from '../../src/report/document/build-report.ts'
import type { Report } from '../../src/report/index.ts'
import { renderJson } from '../../src/report/json-report.ts'

let built: Report | undefined

/** A report with numbers, made once for all tests of a process. */
function someReport(): Report {
  const asOf = snapToMonday(Date.parse(exampleOrganisation.asOf))
  built ??= buildReport({
    table: tableFromRecords([...syntheticOrganisation(exampleOrganisation)], {
      marks: indexRegistry(shippedRegistry()),
      asOf,
    }),
    asOf,
    askedFor: asOf,
    scope: { kind: 'organisation', name: 'example', synthetic: true },
  })
  return built
}

/** A published report, as it is kept, whose headline shows wherever it is given away. */
export function canaryReport(
  headline: string,
  scope: Pick<Report['scope'], 'kind' | 'name'>,
): string {
  const report = someReport()
  return renderJson({
    ...report,
    headline,
    scope: { ...report.scope, ...scope, repositories: 1, synthetic: false },
  })
}
