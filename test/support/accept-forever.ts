import { randomBytes, randomUUID } from 'node:crypto'
import { openStore, type StoreLocation } from '../../src/store/index.ts'

/** Accepts deliveries, eight at a time, and tells each one's id when it is acknowledged, until somebody kills the process. */
const location = JSON.parse(process.argv[2] ?? '') as StoreLocation
const store = await openStore(location, {
  now: () => Date.now(),
  random: (size) => randomBytes(size),
})

async function acceptForever(): Promise<never> {
  for (;;) {
    const id = randomUUID()
    await store.inbox.accept({
      id,
      event: 'push',
      body: randomBytes(5_000),
      tenantId: 1,
      receivedAt: Date.now(),
    })
    process.send?.(id)
  }
}

await Promise.all(Array.from({ length: 8 }, acceptForever))
