import { resolve } from 'node:path'
import { runVectors } from './vectors.ts'

// npm run -s vectors -- DIR
const [directory] = process.argv.slice(2)
if (directory === undefined) {
  process.stderr.write('Usage: npm run -s vectors -- DIR\n')
  process.exitCode = 2
} else {
  const results = runVectors(resolve(directory))
  for (const { method, used, passed, failures } of results) {
    const outcome = used
      ? `${passed} passed, ${failures.length} failed`
      : 'not run: no method of the product'
    process.stdout.write(`${method.padEnd(28)} ${outcome}\n`)
    for (const failure of failures) process.stdout.write(`  ${failure}\n`)
  }
  const failed = results.reduce((sum, { failures }) => sum + failures.length, 0)
  process.exitCode = failed > 0 || results.length === 0 ? 1 : 0
}
