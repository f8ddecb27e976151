import { describe, expect, test } from 'vitest'
import { readSignature, verifySignature } from '../../../src/app/ingress/verify-signature.ts'
import { oldSecret, secret, sign } from '../../support/webhook.ts'

const body = Buffer.from('{"action":"opened"}')
const secrets = { current: secret, old: oldSecret }

function digestOf(header: string): Buffer {
  const digest = readSignature(header)
  if (digest === undefined) throw new Error('not a signature')
  return digest
}

test("GitHub's own example is verified", () => {
  // docs.github.com, "Validating webhook deliveries", "Testing the webhook payload validation".
  const digest = digestOf('sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17')
  const example = { current: "It's a Secret to Everybody", old: null }
  expect(verifySignature(Buffer.from('Hello, World!'), digest, example)).toBe('current')
  expect(verifySignature(Buffer.from('Hello, World?'), digest, example)).toBeUndefined()
})

test('tells which of two secrets signed', () => {
  expect(verifySignature(body, digestOf(sign(body)), secrets)).toBe('current')
  expect(verifySignature(body, digestOf(sign(body, oldSecret)), secrets)).toBe('old')
  expect(verifySignature(body, digestOf(sign(body, 'another')), secrets)).toBeUndefined()
})

test('the old secret is refused once it is gone', () => {
  const digest = digestOf(sign(body, oldSecret))
  expect(verifySignature(body, digest, { current: secret, old: null })).toBeUndefined()
})

test('bytes are signed, whatever text they make', () => {
  const bytes = Uint8Array.of(0x22, 0xff, 0x00, 0xed, 0xa0, 0x80, 0x22)
  expect(verifySignature(bytes, digestOf(sign(bytes)), secrets)).toBe('current')
})

describe('what is no signature', () => {
  const good = sign(body)

  test.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['SHA-1', 'sha1=0000000000000000000000000000000000000000'],
    ['too short', 'sha256=00'],
    ['too long', `${good}0`],
    ['another scheme', good.replace('sha256', 'sha512')],
    ['capitals', good.toUpperCase()],
    ['no hexadecimal', `${good.slice(0, -1)}g`],
    ['a space before it', ` ${good}`],
    ['a line after it', `${good}\n`],
    ['two in one', `${good}, ${good}`],
    ['a list', [good, good]],
  ])('%s', (_, header) => {
    expect(readSignature(header)).toBeUndefined()
  })
})
