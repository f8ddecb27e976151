import { writeFileSync } from 'node:fs'
import { definitionsPage, definitionsPath } from './definitions-page.ts'

// Run by hand after a change of a schema: node test/support/write-definitions.ts
writeFileSync(definitionsPath, definitionsPage())
