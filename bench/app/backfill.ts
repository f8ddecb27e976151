import { setTimeout as delay } from 'node:timers/promises'
import { createPseudonyms } from '../../src/delivery/index.ts'
import { connectGitHub, connectRest, readPullRequestRecords } from '../../src/github/index.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'
import { aPullRequest, aRepository, startFakeGitHub } from '../../test/support/fake-github/index.ts'
import type { Figure } from '../figure.ts'
import { told } from './told.ts'

const latency = 100
const pullRequests = 300

/** Pull requests a second that a backfill reads, by the size of its pages, from a GitHub that takes 100 ms for every answer. */
export async function benchBackfill(): Promise<Figure[]> {
  const repository = aRepository({
    pullRequests: Array.from({ length: pullRequests }, (_, index) =>
      aPullRequest({ number: index + 1, merged: true, commits: [{ message: `Change ${index}` }] }),
    ),
  })
  const github = await startFakeGitHub({ repositories: [repository], rateLimits: null })
  github.faults.push({
    match: {},
    times: Number.POSITIVE_INFINITY,
    before: () => delay(latency),
  })
  const figures: Figure[] = []
  try {
    for (const pageSize of [5, 10, 25, 50, 100]) {
      const api = connectGitHub(
        connectRest({ token: github.state.token, baseUrl: github.apiUrl }),
        { now: Date.now, sleep: delay, random: () => 0 },
      )
      const options = {
        recording: {
          marks: indexRegistry(shippedRegistry()),
          pseudonyms: createPseudonyms(new Uint8Array(32).fill(7)),
        },
        readAt: () => new Date().toISOString(),
        pageSize,
        branchCommits: false,
      }
      const began = performance.now()
      let read = 0
      for await (const page of readPullRequestRecords(
        api,
        { owner: repository.owner.login, name: repository.name },
        options,
      )) {
        read += page.records.length
      }
      const seconds = (performance.now() - began) / 1_000
      figures.push(
        told(`backfill, ${pageSize} a page`, read / seconds, 'changes/s', '100 ms an answer'),
      )
    }
  } finally {
    await github.close()
  }
  return figures
}
