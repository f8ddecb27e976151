import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ExportSpool } from '../../src/cli/export-spool.ts'
import { aRecord } from '../support/a-record.ts'
import { temporaryDirectory } from '../support/git-repository.ts'

const now = Date.UTC(2026, 5, 1)
/** No process has this number: Linux goes to 4,194,304 and macOS to 99,998. */
const nobody = 2_147_483_646

function setUp() {
  const cache = temporaryDirectory()
  return {
    open: (key = 'one') => ExportSpool.open(cache, { key, repository: 'octo/widgets' }, now),
    folder: () => join(cache, 'exports', readdirSync(join(cache, 'exports'))[0] ?? ''),
  }
}

function pageOf(number: number, checkpoint: string) {
  return { records: [aRecord({ number })], checkpoint, read: number, total: null }
}

describe('a lock', () => {
  test('whose process is gone is removed, and others are not', async () => {
    const { open, folder } = setUp()
    await (await open()).close()
    writeFileSync(join(folder(), `lock-${nobody}-a`), '')
    const spool = await open()
    expect(readdirSync(folder()).filter((name) => name.startsWith('lock'))).toEqual([
      expect.stringMatching(new RegExp(`^lock-${process.pid}-`)),
    ])
    await expect(open()).rejects.toThrow(`already (process ${process.pid})`)
    // Who was refused leaves the other's lock, and none of its own.
    expect(readdirSync(folder()).filter((name) => name.startsWith('lock'))).toHaveLength(1)
    await spool.close()
    await (await open()).close()
  })

  test('is had by one at most, of many who find a stale one at once', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { open, folder } = setUp()
      await (await open()).close()
      writeFileSync(join(folder(), `lock-${nobody}-a`), '')
      const opened = await Promise.allSettled(Array.from({ length: 8 }, () => open()))
      const spools = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      expect(spools.length).toBeLessThanOrEqual(1)
      for (const spool of spools) await spool.close()
      await (await open()).close()
    }
  })
})

test('checkpoints that grow with what is read take no more room than all else', async () => {
  const { open, folder } = setUp()
  const spool = await open()
  const pages = 200
  let [saved, last] = [0, '']
  for (let number = 1; number <= pages; number += 1) {
    await spool.add(pageOf(number, 'c'.repeat(number * 1_000)), now)
    const state = readFileSync(join(folder(), 'state.json'), 'utf8')
    if (state !== last) saved += state.length
    last = state
  }
  const records = statSync(join(folder(), 'records.ndjson')).size
  expect(saved).toBeLessThan(records + pages * 17_000)
  await spool.close()
  const again = await open()
  expect(again.state).toMatchObject({ read: pages, bytes: records })
  await again.close()
})

describe('with another key', () => {
  test('what was read is not gone on with', async () => {
    const { open, folder } = setUp()
    const spool = await open()
    await spool.add(pageOf(1, 'c'), now)
    await spool.close()
    await expect(open('other')).rejects.toThrow(
      `this export was begun with another key; name that as --key-file, or delete ${folder()} to begin again`,
    )
    // It can be opened with its own key after that.
    const again = await open()
    expect(again.state).toMatchObject({ read: 1 })
    await again.close()
  })

  test('it begins again where no record was read', async () => {
    const { open } = setUp()
    const spool = await open()
    await spool.add({ ...pageOf(1, 'c'), records: [] }, now)
    await spool.close()
    const other = await open('other')
    expect(other.state).toBeUndefined()
    await other.close()
  })
})
