import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { handledEvents } from '../../../src/app/ingress/index.ts'
import { dispatchDeliveries } from '../../../src/app/jobs/dispatch-deliveries.ts'
import {
  type Payloads,
  readExternalPayloads,
  whereExternal,
} from '../../support/external-payloads.ts'
import { aRepository } from '../../support/fake-github/index.ts'
import { anAppCase, install, owner } from './app-case.ts'

const all: readonly Payloads[] = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve('@octokit/webhooks-examples/api.github.com/index.json'),
    'utf8',
  ),
)

/** The payload with each of its keys, two levels deep, gone or of another name. */
function* mutilated(payload: Readonly<Record<string, unknown>>): Generator<object> {
  for (const [key, value] of Object.entries(payload)) {
    const { [key]: _, ...rest } = payload
    yield rest
    yield { ...rest, [`${key}_v2`]: value }
    if (typeof value !== 'object' || value === null) continue
    for (const inner of Object.keys(value)) {
      yield { ...payload, [key]: { ...value, [inner]: undefined } }
    }
  }
}

/** Hands all of them to the App, whole and mutilated, and gives how each ended. */
async function dispatched(payloads: readonly Payloads[]) {
  const repository = aRepository({ owner, pullRequests: [] })
  const app = await anAppCase({ repositories: [repository] })
  await install(app)
  const [installation] = app.installations
  const ours = {
    installation: { id: installation?.id },
    repository: { id: repository.id, owner: { id: owner.id }, default_branch: 'main' },
  }
  const before = app.outcomes.length
  let sent = 0
  for (const { name, examples } of payloads) {
    if (!handledEvents.has(name)) continue
    const actions = new Set<unknown>()
    for (const example of examples) {
      const payload = 'repository' in example ? { ...example, ...ours } : { ...ours, ...example }
      await app.accept({ event: name, payload })
      sent += 1
      if (actions.size > 0) continue
      actions.add(example.action)
      for (const other of mutilated(payload)) {
        await app.accept({ event: name, payload: other })
        sent += 1
      }
    }
  }
  while ((await dispatchDeliveries(app.work)) > 0);
  return { sent, ends: app.outcomes.slice(before), dead: await app.work.store.inbox.dead(10) }
}

it('deliveries as they really are, whole and mutilated, leave no dead letter and hold nobody up', async () => {
  const { sent, ends, dead } = await dispatched(all)
  expect(sent).toBeGreaterThan(500)
  expect(ends).toHaveLength(sent)
  expect(new Set(ends)).toEqual(new Set(['done', 'ignored']))
  expect(dead).toEqual([])
}, 120_000)

const external = readExternalPayloads()

it.skipIf(external === null)(
  `so do those that a bot got ${whereExternal}`,
  async () => {
    const { sent, ends, dead } = await dispatched(external ?? [])
    expect(sent).toBeGreaterThan(100)
    expect(ends).toHaveLength(sent)
    expect(new Set(ends)).toEqual(new Set(['done', 'ignored']))
    expect(dead).toEqual([])
  },
  120_000,
)
