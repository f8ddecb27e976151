import { findViolations } from './import-rules.ts'
import { readSources } from './repository.ts'

const violations = findViolations(readSources())

for (const { path, line, message } of violations) {
  process.stderr.write(`${path}:${line}: ${message}\n`)
}
process.exitCode = violations.length > 0 ? 1 : 0
