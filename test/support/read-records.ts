import {
  createPseudonyms,
  type DeliveryRecord,
  type PullRequestRecord,
  type Recording,
  RecordSchema,
} from '../../src/delivery/index.ts'
import {
  connectGitHub,
  connectRest,
  type GitHubApi,
  type RecordPage,
  type RecordsOptions,
  readPullRequestRecords,
} from '../../src/github/index.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'
import type { FakeGitHub } from './fake-github/index.ts'

/** Withholds by the shipped registry, under a key of these tests. */
export const recording: Recording = {
  marks: indexRegistry(shippedRegistry()),
  pseudonyms: createPseudonyms(new Uint8Array(32).fill(7)),
}

export const readAt = '2026-06-01T00:00:00Z'

/** What a token of a job may do, with the repository's contents and without. */
export const permissions = {
  'with contents': { 'pull-requests': 'read', contents: 'read' },
  'without contents': { 'pull-requests': 'read' },
} as const

/** The command's own client on a fake GitHub, whose retries take no time. */
export function apiOf(github: FakeGitHub): GitHubApi {
  return connectGitHub(connectRest({ token: github.state.token, baseUrl: github.apiUrl }), {
    sleep: async () => {},
    now: Date.now,
    random: () => 0,
  })
}

/** Reads `acme/widgets`; every record is checked against the schema as it comes. */
export async function* pagesOf(
  github: FakeGitHub,
  options: Partial<RecordsOptions> = {},
): AsyncGenerator<RecordPage> {
  const repository = { owner: 'acme', name: 'widgets' }
  const asked = { recording, readAt: () => readAt, ...options }
  for await (const page of readPullRequestRecords(apiOf(github), repository, asked)) {
    for (const record of page.records) RecordSchema.parse(record)
    yield page
  }
}

export async function readAll(
  github: FakeGitHub,
  options: Partial<RecordsOptions> = {},
): Promise<DeliveryRecord[]> {
  const records: DeliveryRecord[] = []
  for await (const page of pagesOf(github, options)) records.push(...page.records)
  return records
}

export function pullRequestsIn(records: readonly DeliveryRecord[]): PullRequestRecord[] {
  return records.filter((record) => record.record === 'pull-request')
}
