import { globSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const everyTest = 'test/**/*.test.ts'

/**
 * `vitest run` is the suite. `vitest run --mode soak` runs only the files with property tests, and each property a hundred
 * times as often, or as many times as WHAT_SHIPPED_SOAK says.
 */
export default defineConfig(({ mode }) => {
  const soak = mode === 'soak'
  return {
    test: {
      environment: 'node',
      include: soak ? propertyTests() : [everyTest],
      env: soak ? { WHAT_SHIPPED_SOAK: process.env.WHAT_SHIPPED_SOAK ?? '100' } : {},
      setupFiles: soak ? ['test/support/soak-setup.ts'] : [],
      globalSetup: ['test/support/postgres.ts'],
      testTimeout: soak ? 60 * 60_000 : 30_000,
      hookTimeout: 30_000,
      // Vitest leaves one core idle by default, which is half of a machine with two.
      maxWorkers: '100%',
      // A test that is left on `.only` hides all the others.
      allowOnly: false,
    },
  }
})

function propertyTests(): string[] {
  return globSync(everyTest).filter((path) => readFileSync(path, 'utf8').includes("'fast-check'"))
}
