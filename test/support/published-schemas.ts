import * as z from 'zod'
import { MetadataSchema } from '../../src/action/metadata-schema.ts'
import { RegistrySchema } from '../../src/provenance/registry-schema.ts'

/** The JSON Schemas that docs/ publishes, by path: what the Action writes, and what the registry is written in. */
export const publishedSchemas: Readonly<Record<string, object>> = {
  'docs/metadata.schema.json': {
    title: 'Metadata of a pull request, as the Action What Shipped writes it',
    ...z.toJSONSchema(MetadataSchema),
  },
  'docs/registry.schema.json': {
    title: 'Registry of the marks that AI tools leave',
    ...z.toJSONSchema(RegistrySchema, { io: 'input' }),
  },
}
