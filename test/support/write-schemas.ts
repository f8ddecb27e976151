import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { publishedSchemas } from './published-schemas.ts'
import { root } from './repository.ts'

// Run by hand after a change of a schema: node test/support/write-schemas.ts
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
for (const [path, schema] of Object.entries(publishedSchemas)) {
  writeFileSync(join(root, path), `${JSON.stringify(schema, null, 2)}\n`)
}
execFileSync(process.execPath, [biome, 'format', '--write', ...Object.keys(publishedSchemas)], {
  cwd: root,
  stdio: 'inherit',
})
