import { createPseudonyms } from '../src/delivery/index.ts'
import { openRepository, readPullRequestRecords } from '../src/git/index.ts'
import { indexRegistry, shippedRegistry } from '../src/provenance/index.ts'

/** Writes the records of a clone: node bench/export-records.ts DIRECTORY */
const [directory = '.'] = process.argv.slice(2)
const repository = await openRepository(directory, { environment: process.env })
const recording = {
  marks: indexRegistry(shippedRegistry()),
  pseudonyms: createPseudonyms(new Uint8Array(32)),
}
const readAt = '2026-01-01T00:00:00Z'
for await (const record of readPullRequestRecords(repository, { recording, readAt })) {
  process.stdout.write(`${JSON.stringify(record)}\n`)
}
