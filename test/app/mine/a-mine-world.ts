import { keepRecords } from '../../../src/app/jobs/keep-records.ts'
import { createPseudonyms } from '../../../src/delivery/index.ts'
import { aMarkedCommit, aRecord, type RecordInit } from '../../support/a-record.ts'
import type { TestEngine } from '../../support/stores.ts'
import { acme, aSettingsWorld } from '../settings/a-settings-world.ts'

export { acme }

/** Names of the repositories of the settings' world, by their numbers. */
const names = new Map([
  [71, 'acme/readable'],
  [72, 'acme/hush-hush'],
  [74, 'globex/theirs'],
])

/** The world of the settings, in which people have changes of their own. */
export async function aMineWorld(engine?: TestEngine) {
  const world = await aSettingsWorld(engine)
  const { store, app, github } = world
  const globex = github.state.repositories.find(({ id }) => id === 74)?.owner.id ?? Number.NaN
  const keyOf = async (tenantId: number, login: string) =>
    createPseudonyms(await store.tenant(tenantId).pseudonymKey()).person(world.idOf(login))

  /** A change of somebody, read as every other is. */
  async function change(login: string, repositoryId: number, init: RecordInit): Promise<void> {
    const tenantId = repositoryId === 74 ? globex : acme
    const person = await keyOf(tenantId, login)
    const record = aRecord({
      repository: { id: repositoryId, name: names.get(repositoryId) ?? null },
      author: { kind: 'person', person },
      commits: [aMarkedCommit()],
      ...init,
    })
    const options = { marks: app.work.marks, now: app.clock.now }
    await store.tenant(tenantId).write(null, (facts) => keepRecords(facts, [record], options))
  }
  return { ...world, globex, keyOf, change }
}

export type MineWorld = Awaited<ReturnType<typeof aMineWorld>>

/** What everybody has: mel one that they can read, one that they cannot, and one in an account that they left; ona one. */
export async function fill({ change }: MineWorld): Promise<void> {
  await change('mel', 71, { number: 7 })
  await change('mel', 72, { number: 8 })
  await change('mel', 74, { number: 9 })
  await change('ona', 71, { number: 10 })
}
