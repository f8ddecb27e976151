import { execSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { secretAdvice, secretWeakness } from '../../../src/app/configuration/secret-strength.ts'

test('the command that makes a secret makes a good one, and another one each time', () => {
  const command = secretAdvice.slice(secretAdvice.indexOf('node -e'))
  const made = [1, 2].map(() => execSync(command, { encoding: 'utf8' }).trim())
  expect(new Set(made).size).toBe(2)
  for (const secret of made) {
    expect(secret).toMatch(/^[0-9a-f]{64}$/)
    expect(secretWeakness(secret)).toBeUndefined()
  }
})
