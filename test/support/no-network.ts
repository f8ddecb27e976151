import nock from 'nock'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'

/**
 * Cuts a test file off the network: only what nock was told to answer is answered. After each test, a request that was
 * not expected fails it, also where the code under test took its failure for GitHub's; so does a reply nobody asked for.
 */
export function forbidNetwork(): void {
  const unexpected: string[] = []
  const note = ({ method, url }: Request) => {
    unexpected.push(`${method} ${url}`)
  }

  beforeAll(() => {
    nock.disableNetConnect()
    nock.emitter.on('no match', note)
  })

  afterEach(() => {
    const pending = nock.pendingMocks()
    nock.cleanAll()
    expect({ pending, unexpected: unexpected.splice(0) }).toEqual({ pending: [], unexpected: [] })
  })

  afterAll(() => {
    nock.emitter.off('no match', note)
    nock.enableNetConnect()
    nock.restore()
  })
}
