import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { handledEvents } from '../../../src/app/ingress/index.ts'
import { readAddress } from '../../../src/app/jobs/delivered-payloads.ts'

interface Examples {
  readonly name: string
  readonly examples: readonly Record<string, unknown>[]
}

const examples: readonly Examples[] = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve('@octokit/webhooks-examples/api.github.com/index.json'),
    'utf8',
  ),
)

/** The examples were recorded of hooks of repositories too, which name no installation. */
const installation = { id: 1 }

describe('deliveries as GitHub documents them', () => {
  it.each([...handledEvents.keys()].filter((name) => examples.some((one) => one.name === name)))(
    'of %s have an address',
    (event) => {
      const all = examples.find(({ name }) => name === event)?.examples ?? []
      for (const example of all) {
        const payload = { installation, ...example }
        expect(readAddress(event, payload), JSON.stringify(example).slice(0, 200)).toBeDefined()
      }
    },
  )

  it('of every event, with any key gone or of another kind, are an address or none, and never an error', () => {
    const values = [undefined, null, '', 'x', -1, 1.5, [], {}, true]
    for (const { name, examples: all } of examples) {
      const [example] = all
      if (example === undefined) continue
      for (const key of Object.keys(example)) {
        for (const value of values) {
          const address = readAddress(name, { ...example, [key]: value })
          if (!handledEvents.has(name)) expect(address).toBeUndefined()
        }
      }
    }
  })

  it('of another shape, or of an event that nobody knows, have none', () => {
    expect(readAddress('__proto__', {})).toBeUndefined()
    expect(readAddress('constructor', {})).toBeUndefined()
    expect(readAddress('pull_request', { action: 'opened' })).toBeUndefined()
    fc.assert(
      fc.property(fc.constantFrom(...handledEvents.keys()), fc.jsonValue(), (event, payload) => {
        expect(readAddress(event, payload)).toBeUndefined()
      }),
    )
  })
})
