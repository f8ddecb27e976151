import { describe, expect, test } from 'vitest'
import { readSetupForm } from '../../../src/app/setup/setup-form.ts'
import { maliciousTexts } from '../../support/malicious-inputs.ts'

const good = {
  account: 'organisation',
  organisation: ' acme-labs ',
  name: " Acme's What Shipped ",
  publicUrl: 'https://shipped.acme.example/ ',
}

test('what was typed is trimmed', () => {
  expect(readSetupForm(good)).toEqual({
    choice: {
      account: 'organisation',
      organisation: 'acme-labs',
      name: "Acme's What Shipped",
      publicUrl: 'https://shipped.acme.example',
    },
  })
})

test('a person names no organisation', () => {
  const { choice } = readSetupForm({ ...good, account: 'person', organisation: '' })
  expect(choice?.account).toBe('person')
})

describe('is told what is wrong', () => {
  test.each([
    ['nothing chosen', { account: '' }, ['account']],
    ['no organisation', { organisation: '' }, ['organisation']],
    ['an address for a name', { organisation: 'github.com/acme' }, ['organisation']],
    ['a path upwards', { organisation: '..' }, ['organisation']],
    ['no name', { name: '  ' }, ['name']],
    ['a long name', { name: 'a'.repeat(35) }, ['name']],
    ['no address', { publicUrl: '' }, ['publicUrl']],
    ['no encryption', { publicUrl: 'http://shipped.acme.example' }, ['publicUrl']],
    ['a path', { publicUrl: 'https://acme.example/shipped' }, ['publicUrl']],
    ['a password', { publicUrl: 'https://a:b@acme.example' }, ['publicUrl']],
    ['this machine', { publicUrl: 'https://localhost' }, ['publicUrl']],
    ['this machine by number', { publicUrl: 'https://127.0.0.1:3000' }, ['publicUrl']],
    [
      'everything',
      { organisation: '', name: '', publicUrl: '' },
      ['name', 'organisation', 'publicUrl'],
    ],
  ])('%s', (_, change, fields) => {
    const { choice, problems } = readSetupForm({ ...good, ...change })
    expect(choice).toBeUndefined()
    expect(Object.keys(problems ?? {}).sort()).toEqual(fields)
  })
})

test('no hostile text gets into the address that the browser is sent to', () => {
  for (const { text } of maliciousTexts) {
    const { choice } = readSetupForm({ ...good, organisation: text })
    if (choice !== undefined) expect(choice.organisation).toMatch(/^[a-z\d-]{1,39}$/i)
  }
})
