import { createHash } from 'node:crypto'
import { tableFromRecords } from '../../src/comparison/index.ts'
import { exampleOrganisation, syntheticOrganisation } from '../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'
import { buildReport } from '../../src/report/document/build-report.ts'
import { renderHtml } from '../../src/report/html/html-report.ts'

/** The page over the organisation that never was; of no registry, so that a new mark changes no picture. */
export function examplePage(): string {
  const asOf = Date.parse(exampleOrganisation.asOf)
  const records = [...syntheticOrganisation(exampleOrganisation)]
  const marks = indexRegistry(shippedRegistry())
  const report = buildReport({
    table: tableFromRecords(records, { marks, asOf }),
    asOf,
    askedFor: asOf,
    scope: { kind: 'organisation', name: 'example', synthetic: true },
  })
  return renderHtml({ ...report, registry: 'of the day' })
}

/** SHA-256 of a page in hexadecimal: its pictures carry it, so that they are seen to be out of date. */
export function pageDigest(page: string): string {
  return createHash('sha256').update(page).digest('hex')
}
