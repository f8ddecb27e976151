import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { returnPath } from '../../../src/app/access/return-path.ts'
import { maliciousTexts } from '../../support/malicious-inputs.ts'

const origin = 'https://shipped.example.com'

describe('where somebody comes out after signing in (ASVS 5.0, 3.7.2)', () => {
  test.each([
    ['/', '/'],
    ['/accounts/7', '/accounts/7'],
    [
      '/accounts/7/repositories/12?as-of=2026-03-02',
      '/accounts/7/repositories/12?as-of=2026-03-02',
    ],
    ['/mine', '/mine'],
    ['/accounts/7#readable', '/accounts/7'],
  ])('%s leads to %s', (asked, comesTo) => {
    expect(returnPath(asked)).toBe(comesTo)
  })

  test.each([
    [undefined],
    [''],
    ['accounts/7'],
    ['https://evil.example/'],
    ['//evil.example/'],
    ['///evil.example/'],
    ['/\\evil.example/'],
    ['\\\\evil.example/'],
    ['/\t/evil.example/'],
    ['/\n/evil.example/'],
    ['/\r\n/evil.example'],
    ['/..//evil.example/'],
    ['/./\\evil.example/'],
    ['/%2e%2e//evil.example/'],
    ['/.//evil.example'],
    ['javascript:alert(1)'],
    ['data:text/html,x'],
    [' /accounts/7'],
    ['/sign-in'],
    ['/sign-in?return_to=/'],
    ['/sign-in/callback?code=x&state=y'],
    ['/sign-out'],
    [`/${'a'.repeat(2_000)}`],
  ])('%j leads to the first page', (asked) => {
    expect(returnPath(asked)).toBe('/')
  })

  test('whatever was asked for, a browser that follows it stays on this server', () => {
    const parts = ['/', '\\', '.', '..', '%2e', '%2f', '%5c', '@', ':', '\t', '\n', 'evil.example']
    const path = fc
      .array(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 4 })), { maxLength: 12 })
      .map((all) => `/${all.join('')}`)
    fc.assert(
      fc.property(path, (asked) => {
        const path = returnPath(asked)
        expect(path).toMatch(/^\/(?![/\\])/)
        expect(path).not.toMatch(/[\r\n\t]/)
        expect(new URL(path, origin).origin).toBe(origin)
      }),
    )
  })

  test('none of the malicious inputs leads away', () => {
    for (const { text } of maliciousTexts) {
      for (const asked of [text, `/${text}`]) {
        expect(new URL(returnPath(asked), origin).origin).toBe(origin)
      }
    }
  })
})
