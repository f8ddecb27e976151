import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anAppWorld } from '../../support/app-process-world.ts'
import { seededRandom } from '../../support/chaos.ts'
import { pullRequestPayload } from '../../support/delivery-payload.ts'
import { aRepository } from '../../support/fake-github/index.ts'
import { propertyRuns } from '../../support/property-runs.ts'
import { deliver } from '../../support/webhook.ts'

const cuts = propertyRuns(40)
const senders = 8
const [drawn = 0] = fc.sample(fc.noBias(fc.nat()), 1)
const seed = Number(process.env.CHAOS_SEED ?? drawn)

/** The deliveries in a copy of a database, after it has been found whole. */
function deliveriesIn(file: string): Set<string> {
  const database = new DatabaseSync(file)
  try {
    expect(database.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' })
    const tables = database.prepare("select 1 from sqlite_schema where name = 'inbox'").all()
    // Before the first commit there was nothing.
    if (tables.length === 0) return new Set()
    const rows = database.prepare('select delivery_id as id from inbox').all()
    return new Set(rows.map(({ id }) => String(id)))
  } finally {
    database.close()
  }
}

/**
 * What a power cut leaves of the log is what was synced, and of the rest any part. The log's synced part holds whatever was
 * acknowledged; here all of it is taken for the rest, and cut anywhere. The database itself is only written when the log is
 * full, which it is not yet.
 */
test(`I1 (sqlite): a power cut at any place of the log leaves all deliveries up to some moment, and a whole database (CHAOS_SEED=${seed})`, async () => {
  const random = seededRandom(seed)
  const world = await anAppWorld({
    engine: 'sqlite',
    repositories: [aRepository({ pullRequests: [] })],
  })
  const process = world.start()
  const address = await process.listening
  const acknowledged: string[] = []
  let over = false
  const sender = async () => {
    while (!over) {
      const id = randomUUID()
      const { status } = await deliver(address, { id, body: pullRequestPayload() }).catch(() => ({
        status: 0,
      }))
      if (status === 202) acknowledged.push(id)
    }
  }
  const sending = Array.from({ length: senders }, sender)
  await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(30)
  await delay(random() * 100)
  process.child.kill('SIGSTOP')
  const before = new Set(acknowledged)
  const { file } = world.location as { file: string }
  const folder = join(world.folder, 'after')
  await mkdir(folder)
  const log = await readFile(`${file}-wal`)
  await copyFile(file, join(folder, 'whole'))
  over = true
  await process.kill()
  await Promise.all(sending)

  const leave = async (bytes: Uint8Array) => {
    const copy = join(folder, randomUUID())
    await copyFile(join(folder, 'whole'), copy)
    await writeFile(`${copy}-wal`, bytes)
    return deliveriesIn(copy)
  }
  const whole = await leave(log)
  expect([...before].filter((id) => !whole.has(id))).toEqual([])
  const lengths = Array.from({ length: cuts }, () => Math.floor(random() * log.length))
  let known = new Set<string>()
  for (const length of lengths.toSorted((one, other) => one - other)) {
    // A page that was half written, or never, beside the cut.
    const torn = new Uint8Array(Math.floor(random() * 8_192)).fill(random() < 0.5 ? 0 : 0xa5)
    const left = await leave(Buffer.concat([log.subarray(0, length), torn]))
    // Nothing that came later is there without what came before.
    expect([...known].filter((id) => !left.has(id))).toEqual([])
    known = left
  }
  expect([...known].filter((id) => !whole.has(id))).toEqual([])
  console.log(
    `seed ${seed}: ${cuts} cuts of a log of ${log.length} bytes, ${whole.size} deliveries in it`,
  )
}, 120_000)
