import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { handledEvents } from '../../../src/app/ingress/index.ts'
import { dispatchDeliveries } from '../../../src/app/jobs/dispatch-deliveries.ts'
import { aRepository } from '../../support/fake-github/index.ts'
import { anAppCase, install, owner } from './app-case.ts'

interface Examples {
  readonly name: string
  readonly examples: readonly Readonly<Record<string, unknown>>[]
}

const all: readonly Examples[] = JSON.parse(
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

it('deliveries as they really are, whole and mutilated, leave no dead letter and hold nobody up', async () => {
  const repository = aRepository({ owner, pullRequests: [] })
  const app = await anAppCase({ repositories: [repository] })
  await install(app)
  const [installation] = app.installations
  const ours = {
    installation: { id: installation?.id },
    repository: { id: repository.id, owner: { id: owner.id }, default_branch: 'main' },
  }
  const dispatched = app.outcomes.length
  let sent = 0
  for (const { name, examples } of all) {
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
  const ends = app.outcomes.slice(dispatched)
  expect(sent).toBeGreaterThan(500)
  expect(ends).toHaveLength(sent)
  expect(new Set(ends)).toEqual(new Set(['done', 'ignored']))
  expect(await app.work.store.inbox.dead(10)).toEqual([])
}, 120_000)
