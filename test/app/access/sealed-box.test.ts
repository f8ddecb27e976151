import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSealedBox } from '../../../src/app/access/sealed-box.ts'
import { sessionKeyOf } from '../../../src/app/access/session-key.ts'

const key = randomBytes(32)
const box = createSealedBox(key, randomBytes)

describe('what is sealed (ASVS 5.0, 11.4.1)', () => {
  test('opens to what it was, at its place and nowhere else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, place) => {
        const sealed = box.seal(text, place)
        expect(box.open(sealed, place)).toBe(text)
        expect(box.open(sealed, `${place}.`)).toBeUndefined()
      }),
    )
  })

  test('does not open once any bit of it is another, or a part is missing', () => {
    const sealed = box.seal('the token', 'here')
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Uint8Array.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(box.open(changed, 'here')).toBeUndefined()
      expect(box.open(sealed.subarray(0, at), 'here')).toBeUndefined()
    }
  })

  test('shows nothing of the text, and is another one each time', () => {
    const one = Buffer.from(box.seal('gho_secretsecret', 'here'))
    const other = Buffer.from(box.seal('gho_secretsecret', 'here'))
    expect(one.equals(other)).toBe(false)
    expect(one.includes('secret')).toBe(false)
  })

  test('does not open with another key', () => {
    const other = createSealedBox(randomBytes(32), randomBytes)
    expect(other.open(box.seal('x', 'here'), 'here')).toBeUndefined()
  })
})

describe('the key of sessions', () => {
  const clientSecret = 'a client secret'

  test('is SESSION_KEY where it is set', () => {
    const sessionKey = Buffer.from(key).toString('base64')
    expect(Buffer.from(sessionKeyOf({ sessionKey, clientSecret }))).toEqual(Buffer.from(key))
  })

  test('is otherwise the same in every replica, and another one for another client secret', () => {
    const one = sessionKeyOf({ sessionKey: null, clientSecret })
    expect(one).toHaveLength(32)
    expect(sessionKeyOf({ sessionKey: null, clientSecret })).toEqual(one)
    expect(sessionKeyOf({ sessionKey: null, clientSecret: 'another' })).not.toEqual(one)
    expect(Buffer.from(one).includes(clientSecret)).toBe(false)
  })
})
