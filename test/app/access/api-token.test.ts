import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { accountOfApiToken, createApiToken } from '../../../src/app/access/api-token.ts'

const secret = 'a'.repeat(43)

describe('a token of the API', () => {
  test('names its account', () => {
    const token = createApiToken(1_234, randomBytes)
    expect(token).toMatch(/^ws_1234_[\w-]{43}$/)
    expect(accountOfApiToken(token)).toBe(1_234)
    expect(createApiToken(1_234, randomBytes)).not.toBe(token)
  })

  test.each([
    '',
    'ws_7',
    `ws_0_${secret}`,
    `ws_07_${secret}`,
    `ws_-7_${secret}`,
    `ws_7.5_${secret}`,
    `ws_9999999999999999_${secret}`,
    `ws_7_${secret}a`,
    `ws_7_${secret.slice(1)}`,
    `ws_7_${secret}\n`,
    `WS_7_${secret}`,
    `ghu_7_${secret}`,
  ])('%j is none', (text) => {
    expect(accountOfApiToken(text)).toBeUndefined()
  })
})
