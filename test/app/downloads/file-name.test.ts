import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileName } from '../../../src/app/downloads/file-name.ts'
import { maliciousTexts } from '../../support/malicious-inputs.ts'

const asOf = '2026-06-22T00:00:00Z'
const safe = /^what-shipped-(?:[A-Za-z0-9]+-)*2026-06-22\.csv$/

test.each([
  ['harbour-lights', 'what-shipped-harbour-lights-2026-06-22.csv'],
  ['harbour-lights/api', 'what-shipped-harbour-lights-api-2026-06-22.csv'],
  ['../../etc/passwd', 'what-shipped-etc-passwd-2026-06-22.csv'],
  ['a"; filename="evil.exe', 'what-shipped-a-filename-evil-exe-2026-06-22.csv'],
  ['a\r\nSet-Cookie: x=1', 'what-shipped-a-Set-Cookie-x-1-2026-06-22.csv'],
  ['', 'what-shipped-2026-06-22.csv'],
  ['港の灯', 'what-shipped-2026-06-22.csv'],
])('%j is called %s', (name, expected) => {
  expect(fileName(name, asOf, 'csv')).toBe(expected)
})

test('whatever it is called, the name is letters, digits and dashes, and short', () => {
  const any = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...maliciousTexts.map(({ text }) => text)),
  )
  fc.assert(
    fc.property(any, (name) => {
      const made = fileName(name, asOf, 'csv')
      expect(made).toMatch(safe)
      expect(made.length).toBeLessThan(100)
    }),
  )
})
