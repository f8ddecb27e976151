import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Account,
  anAccount,
  aRepositoryOf,
  type CommitInit,
  githubActions,
  minute,
  startFakeGitHub,
} from '../support/fake-github/index.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { permissions, pullRequestsIn, readAll } from '../support/read-records.ts'

const dev = anAccount('dev')
const dependabot = anAccount('dependabot[bot]', { id: 49699333 })
const copilot = anAccount('Copilot', { id: 198982749, type: 'Bot' })

function noreply({ id, login }: Account): string {
  return `${id}+${login}@users.noreply.github.com`
}

/** Who authors commits, with the account that GitHub links by the address. */
const authors = [
  { author: { name: 'Dev', email: 'dev@example.com' }, authorAccount: dev },
  { author: { name: 'Dev', email: noreply(dev) }, authorAccount: dev },
  { author: { name: 'Nobody', email: 'nobody@example.com' }, authorAccount: null },
  // The account behind the number is gone: GitHub links nothing.
  { author: { name: 'Gone', email: '12345+gone@users.noreply.github.com' }, authorAccount: null },
  { author: { name: 'old', email: 'old@users.noreply.github.com' }, authorAccount: null },
  { author: { name: 'dependabot[bot]', email: noreply(dependabot) }, authorAccount: dependabot },
  { author: { name: 'copilot-swe-agent[bot]', email: noreply(copilot) }, authorAccount: copilot },
  {
    author: { name: 'github-actions[bot]', email: noreply(githubActions) },
    authorAccount: githubActions,
  },
  { author: { name: '', email: '' }, authorAccount: null },
] as const

const arbitraryCommit: fc.Arbitrary<CommitInit> = fc
  .record({
    message: fc.constantFrom(
      'Add a cache',
      'Add a cache\n\nCo-Authored-By: Claude <noreply@anthropic.com>',
      'Fix\n\nSigned-off-by: Dev <dev@example.com>',
      'Wörds in ünicode ✓\n\n\n',
    ),
    verified: fc.boolean(),
  })
  .chain((commit) => fc.constantFrom(...authors).map((who): CommitInit => ({ ...who, ...commit })))

test('a commit is the same record by GraphQL and by REST', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryCommit, { minLength: 1, maxLength: 5 }), async (commits) => {
      const read = async (allowed: keyof typeof permissions) => {
        const repository = aRepositoryOf([
          { number: 1, author: dev, openedAt: minute(0), commits, events: [] },
        ])
        const github = await startFakeGitHub({
          repositories: [repository],
          permissions: permissions[allowed],
        })
        const records = await readAll(github)
        await github.close()
        expect(github.contractErrors).toEqual([])
        return pullRequestsIn(records).map((record) => record.commits)
      }
      expect(await read('with contents')).toEqual(await read('without contents'))
    }),
    { numRuns: propertyRuns(30) },
  )
})
