import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { createApiToken } from '../../../src/app/access/api-token.ts'
import { quota } from '../../../src/app/api/api-routes.ts'
import { operations } from '../../../src/app/api/operations.ts'
import { problems, problemType } from '../../../src/app/api/problems.ts'
import { publish } from '../../support/access-world.ts'
import { canaryReport } from '../../support/canary-report.ts'
import { anAccount } from '../../support/fake-github/index.ts'
import { temporaryDirectory } from '../../support/git-repository.ts'
import { readText } from '../../support/repository.ts'
import { acme, aSettingsWorld } from '../settings/a-settings-world.ts'

const document = readText('docs/api.md')
const week = 7 * 86_400_000
const monday = Date.parse('2026-03-02T00:00:00Z')

test('each example does what the document says', async () => {
  const world = await aSettingsWorld()
  const owner = anAccount('acme', { type: 'Organization', id: acme })
  const report = canaryReport('Three weeks of it.', { kind: 'organisation', name: 'acme' })
  for (const ago of [2, 1, 0]) await publish(world, owner, { report, asOf: monday - ago * week })
  const token = createApiToken(acme, randomBytes)
  const createdAt = world.app.clock.now
  const about = { name: 'docs', createdBy: 1, createdAt, expiresAt: createdAt + week }
  await world.store.tenant(acme).write(null, ({ tokens }) => tokens.create(token, about))

  const directory = temporaryDirectory()
  writeFileSync(join(directory, 'token-header'), `Authorization: Bearer ${token}\n`, {
    mode: 0o600,
  })
  const run = promisify(execFile)
  const outputs: string[] = []
  for (const [, example = ''] of document.matchAll(/^```sh\n([\s\S]*?)^```/gm)) {
    const { stdout, stderr } = await run('sh', ['-eu', '-c', example], {
      cwd: directory,
      env: {
        PATH: process.env.PATH ?? '',
        WHAT_SHIPPED: world.address,
        ACCOUNT: String(acme),
      },
    })
    expect(stderr, example).toBe('')
    outputs.push(stdout)
  }
  const [accounts = '', headline = '', pages = '', same = '', files = '', ...more] = outputs
  expect(more).toEqual([])
  expect(JSON.parse(accounts).accounts[0]).toMatchObject({ id: acme, name: 'acme' })
  expect(headline).toBe('"headline":"Three weeks of it."\n')
  const days = pages.match(/"day":"[^"]+"/g)
  expect(days).toEqual(['2026-03-02', '2026-02-23', '2026-02-16'].map((day) => `"day":"${day}"`))
  expect(same).toBe('304\n')
  expect(files).toBe('')
  const made = readdirSync(directory).filter((name) => name.startsWith('what-shipped-'))
  const [{ asOf }] = [JSON.parse(report)]
  const named = ['csv', 'html', 'json'].map(
    (one) => `what-shipped-acme-${asOf.slice(0, 10)}.${one}`,
  )
  expect(made.toSorted()).toEqual(named)
  const csv = readFileSync(join(directory, named[0] ?? ''), 'utf8')
  expect(csv).toContain('report,headline,,Three weeks of it.')
  expect(JSON.stringify(world.app.lines)).not.toContain(token)
})

test('it tells every path, every problem and the quota', () => {
  const rows = document.split('\n').filter((line) => line.startsWith('| `'))
  const told = rows.map((row) => row.split('`')[1] ?? '')
  for (const { path } of Object.values(operations)) {
    const [whole, repository] = path.split('/repositories/:repository')
    const below = (repository === undefined ? whole : '/accounts/ACCOUNT/repositories/REPOSITORY/…')
      ?.replace(':account', 'ACCOUNT')
      .replace(':day', 'DAY')
    expect(told, path).toContain(below)
  }
  for (const [name, { status }] of Object.entries(problems)) {
    expect(problemType(name as keyof typeof problems).endsWith(name)).toBe(true)
    expect(
      rows.some((row) => row.startsWith(`| \`${name}\` | ${status} |`)),
      name,
    ).toBe(true)
  }
  expect(quota.seconds).toBe(60)
  expect(document).toContain(`has ${quota.requests} requests a minute`)
})
