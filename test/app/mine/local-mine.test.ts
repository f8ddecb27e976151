import { expect, it, onTestFinished } from 'vitest'
import { openLocalSource } from '../../../src/app/local/contents.ts'
import { aMemoryAccount, aMemoryLibrary } from '../../support/memory-library.ts'
import { serveLibrary } from '../../support/serve-library.ts'

/** The pages as they are on one machine alone, over the example or a source. */
async function local(name: string | null): Promise<string> {
  const library = aMemoryLibrary([aMemoryAccount()], { kind: 'local' })
  const source = openLocalSource(name, async () => library)
  await source.read()
  const served = await serveLibrary({ local: source })
  onTestFinished(() => served.stop())
  return served.address
}

it('shows a made-up person’s in the example, which says so, and keeps nothing', async () => {
  const address = await local(null)
  const page = await (await fetch(`${address}/mine`)).text()
  expect(page).toContain('Synthetic example')
  expect(page.match(/<details class="own">/g)).toHaveLength(30)
  expect(page).toContain('AI recorded')
  expect(page).toContain('No AI recorded')
  expect(page).not.toContain('action="/mine/erase"')
  const days = [...page.matchAll(/opened on (\d+ \w+ \d+)/g)].map(([, day = '']) => Date.parse(day))
  expect(days).toHaveLength(30)
  expect(days).toEqual(days.toSorted((one, other) => other - one))
  const file = await fetch(`${address}/mine/export`)
  const lines = (await file.text()).trim().split('\n')
  expect(lines).toHaveLength(30)
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ synthetic: true })
  const sent = await fetch(`${address}/mine/erase`, { method: 'POST', body: 'account=all' })
  expect([sent.status, await sent.text()]).toEqual([
    403,
    expect.stringContaining('Nothing is kept'),
  ])
})

it('has nobody over a clone or a file', async () => {
  const address = await local('records.ndjson')
  const page = await fetch(`${address}/mine`)
  expect([page.status, await page.text()]).toEqual([
    200,
    expect.stringContaining('Nobody is signed in here'),
  ])
  expect((await fetch(`${address}/mine/export`)).status).toBe(404)
})
