import * as z from 'zod'
import { MetadataSchema } from '../../src/action/metadata-schema.ts'
import { openApi } from '../../src/app/api/open-api.ts'
import { ChangeSchema } from '../../src/delivery/change.ts'
import { RecordSchema } from '../../src/delivery/record.ts'
import { RegistrySchema } from '../../src/provenance/registry-schema.ts'
import { ReportSchema } from '../../src/report/document/report-document.ts'

/**
 * The JSON Schemas that docs/ publishes, by path: what the Action, `export` and `report` write, and what the registry is written in;
 * and the API in OpenAPI.
 */
export const publishedSchemas: Readonly<Record<string, object>> = {
  'docs/metadata.schema.json': {
    title: 'Metadata of a pull request, as the Action What Shipped writes it',
    ...z.toJSONSchema(MetadataSchema),
  },
  'docs/record.schema.json': {
    title: 'A line of records.ndjson, as what-shipped export writes it',
    ...z.toJSONSchema(RecordSchema),
  },
  'docs/change.schema.json': {
    title: 'A line of what-shipped export --changes',
    ...z.toJSONSchema(ChangeSchema),
  },
  'docs/report.schema.json': {
    title: 'A report, as what-shipped report --format json writes it',
    ...z.toJSONSchema(ReportSchema),
  },
  'docs/registry.schema.json': {
    title: 'Registry of the marks that AI tools leave',
    ...z.toJSONSchema(RegistrySchema, { io: 'input' }),
  },
  'docs/openapi.json': await openApi(),
}
