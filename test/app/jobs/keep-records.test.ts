import { expect, it } from 'vitest'
import { keepRecords } from '../../../src/app/jobs/keep-records.ts'
import { type PullRequestRecord, syntheticOrganisation } from '../../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../../src/provenance/index.ts'
import { aTenant } from '../../support/a-tenant.ts'
import { describeStores } from '../../support/stores.ts'

const asOf = '2026-06-29T00:00:00Z'

describeStores('the facts of a change', (engine) => {
  it('are derived also where a change of that number was, in another repository', async () => {
    const pulls = [
      ...syntheticOrganisation({ seed: 5, asOf, people: 12, repositories: 2, weeks: 12 }),
    ].filter((record): record is PullRequestRecord => record.record === 'pull-request')
    const ids = [...new Set(pulls.map(({ repository }) => repository.id ?? 0))]
    const merged = pulls.filter(({ merge }) => merge?.commit != null)
    const [own = 0, other = 0] = ids
    const [reverting, sibling] = merged.filter(({ repository }) => repository.id === own)
    const target = merged.find(({ repository }) => repository.id === other)
    const claim = pulls.flatMap(({ revertClaims }) => revertClaims)[0]
    if (!reverting || !sibling || !target?.merge?.commit || !claim) {
      throw new Error('the organisation has too few changes')
    }
    const reverted = { ...target, number: 9_999 }
    const revert = {
      ...reverting,
      revertClaims: [{ ...claim, shas: [target.merge.commit], numbers: [], titles: [] }],
    }
    const store = await engine.open()
    await store.tenants.upsert(aTenant({ id: 1 }))
    const options = { marks: indexRegistry(shippedRegistry()), now: Date.parse(asOf) }
    await store.tenant(1).write(null, async (facts) => {
      for (const id of ids) {
        await facts.repositories.upsert({
          id,
          name: `acme/${id}`,
          visibility: 'private',
          defaultBranch: 'main',
          archived: false,
        })
      }
      await keepRecords(facts, [reverted], options)
      expect(await facts.records.related(revert)).toMatchObject([{ number: 9_999 }])
      await keepRecords(facts, [revert, { ...sibling, number: 9_999 }], options)
      expect(await facts.changes.get(own, 9_999)).toBeDefined()
    })
  })
})
