import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ExportSpool } from '../../src/cli/export-spool.ts'
import { aRecord } from '../support/a-record.ts'
import { temporaryDirectory } from '../support/git-repository.ts'

const now = Date.UTC(2026, 5, 1)
/** No process has this number: Linux goes to 4,194,304 and macOS to 99,998. */
const nobody = 2_147_483_646

const day = 86_400_000
const since = '2026-05-04T00:00:00Z'

function setUp() {
  const cache = temporaryDirectory()
  const spools = join(cache, 'exports')
  return {
    open: (asked: { key?: string; since?: string; repository?: string } = {}) =>
      ExportSpool.open(cache, { key: 'one', repository: 'octo/widgets', since, ...asked }, now),
    folder: () => join(spools, readdirSync(spools)[0] ?? ''),
    folders: () => readdirSync(spools).map((name) => join(spools, name)),
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
    await expect(open({ key: 'other' })).rejects.toThrow(
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
    const other = await open({ key: 'other' })
    expect(other.state).toBeUndefined()
    await other.close()
  })
})

describe('what was begun a little earlier', () => {
  const later = '2026-05-11T00:00:00Z'

  async function begun() {
    const user = setUp()
    const spool = await user.open()
    await spool.add(pageOf(1, 'c'), now)
    return { ...user, spool }
  }

  test('is gone on with, from then on', async () => {
    const { open, spool, folders } = await begun()
    await spool.close()
    const again = await open({ since: later })
    expect({ since: again.since, state: again.state }).toMatchObject({ since, state: { read: 1 } })
    const records = []
    for await (const record of again.records()) records.push(record)
    expect(records).toEqual([aRecord({ number: 1 })])
    expect(folders()).toHaveLength(1)
    await again.remove()
    expect(folders()).toEqual([])
  })

  test('the nearest of several', async () => {
    const { open, spool } = await begun()
    await spool.close()
    const nearer = await open({ since: '2026-05-02T00:00:00Z' })
    await nearer.add(pageOf(2, 'c'), now)
    await nearer.close()
    const again = await open({ since: '2026-05-08T00:00:00Z' })
    expect(again.since).toBe(since)
    await again.close()
  })

  test.each([
    ['more than a week', { since: '2026-05-11T00:00:01Z' }],
    ['not earlier, but later', { since: '2026-05-03T00:00:00Z' }],
    ['with another key', { since: later, key: 'other' }],
    ['of another repository', { since: later, repository: 'octo/gadgets' }],
  ])('but %s, is not', async (_, asked) => {
    const { open, spool, folders } = await begun()
    await spool.close()
    const other = await open(asked)
    expect({ since: other.since, state: other.state }).toEqual({
      since: asked.since,
      state: undefined,
    })
    expect(folders()).toHaveLength(2)
    await other.close()
  })

  test('and still goes on, is left alone', async () => {
    const { open, spool } = await begun()
    const other = await open({ since: later })
    expect(other.since).toBe(later)
    await other.close()
    await spool.add(pageOf(2, 'c'), now)
    await spool.close()
  })
})

describe('what was left', () => {
  async function leave(days: number) {
    const user = setUp()
    const spool = await user.open()
    await spool.add(pageOf(1, 'c'), now)
    await spool.close()
    const left = user.folder()
    const touch = () => utimesSync(left, (now - days * day) / 1_000, (now - days * day) / 1_000)
    touch()
    return { ...user, left, touch }
  }

  test.each([
    [8, false],
    [6, true],
  ])('%d days ago, by whatever export, is there: %s', async (days, stays) => {
    const { open, left } = await leave(days)
    await (await open({ repository: 'octo/gadgets' })).close()
    expect(existsSync(left)).toBe(stays)
  })

  test('long ago, but by one that is running, is left alone', async () => {
    const { open, left, touch } = await leave(8)
    writeFileSync(join(left, `lock-${process.pid}-a`), '')
    touch()
    await (await open({ repository: 'octo/gadgets' })).close()
    expect(existsSync(left)).toBe(true)
  })
})

describe('a cache that cannot be made is told', () => {
  const opening = (cache: string) => ExportSpool.open(cache, { key: 'one', since }, now)
  const problem =
    /^what is read cannot be kept in \/.* \(.*\); set XDG_CACHE_HOME to another directory$/

  test('below a file', async () => {
    const file = join(temporaryDirectory(), 'file')
    writeFileSync(file, '')
    await expect(opening(join(file, 'cache'))).rejects.toThrow(problem)
  })

  test.skipIf(!existsSync('/proc/self'))('where nothing can be made', async () => {
    await expect(opening('/proc/nowhere/cache')).rejects.toThrow(problem)
  })
})
