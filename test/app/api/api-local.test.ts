import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemType } from '../../../src/app/api/problems.ts'
import {
  AccountsSchema,
  ProblemSchema,
  RepositoriesSchema,
  SnapshotsSchema,
} from '../../../src/app/api/reply-schemas.ts'
import {
  accountOfReports,
  createDocumentLibrary,
} from '../../../src/app/library/document-library.ts'
import type { Contents } from '../../../src/app/local/contents.ts'
import { ReportSchema } from '../../../src/report/document/report-document.ts'
import { cloneReport, exampleReport, hiddenReport } from '../../report/example-report.ts'
import { answerChecker, publishedOpenApi } from '../../support/open-api-checks.ts'
import { type ServedLibrary, servedAt, serveLibrary } from '../../support/serve-library.ts'

const wrongWith = answerChecker(publishedOpenApi())
const reading: Contents = { kind: 'reading', line: '12 pull requests' }
let contents: Contents = reading
let served: ServedLibrary

beforeAll(async () => {
  const local = { name: 'a-clone', contents: () => contents, read: async () => contents }
  served = await serveLibrary({ local })
})

afterAll(() => served?.stop())

async function ask(path: string) {
  const response = await fetch(`${served.address}/api/v1${path}`)
  const body = await response.text()
  expect(wrongWith(response.url, response, body)).toEqual([])
  return { status: response.status, headers: response.headers, answer: JSON.parse(body) }
}

test('over a source on this machine it gives what the pages do, without signing in', async () => {
  const reports = [exampleReport(), cloneReport(), hiddenReport()] as const
  const library = createDocumentLibrary([accountOfReports(reports, servedAt)])
  contents = { kind: 'ready', library }
  const { accounts } = AccountsSchema.parse((await ask('/accounts')).answer)
  expect(accounts.map(({ id, synthetic }) => [id, synthetic])).toEqual([[1, true]])
  const report = ReportSchema.parse((await ask('/accounts/1/report')).answer)
  expect(report).toEqual(exampleReport())
  const all = (await ask('/accounts/1/repositories')).answer
  expect(RepositoriesSchema.parse(all).repositories.map((one) => one.standing)).toEqual([
    'shown',
    'hidden',
  ])
  expect((await ask('/accounts/1/repositories/1/coverage')).status).toBe(200)
  expect((await ask('/accounts/1/repositories/2/report')).answer.standing).toEqual({
    kind: 'hidden',
  })
  const weeks = (await ask('/accounts/1/repositories/1/snapshots')).answer
  const [week] = SnapshotsSchema.parse(weeks).snapshots
  expect((await ask(`/accounts/1/repositories/1/snapshots/${week?.day}`)).status).toBe(200)
  expect((await ask('/accounts/2/report')).status).toBe(404)
  // Nobody is signed in, so that nothing is anybody's.
  expect((await ask('/mine')).status).toBe(404)
  for (const format of ['html', 'json', 'csv']) {
    const file = await fetch(`${served.address}/accounts/1/report.${format}`)
    expect(file.status).toBe(200)
    await file.body?.cancel()
  }
})

test('while it is being read, and where it cannot be, it says so', async () => {
  contents = reading
  const waiting = await ask('/accounts/1/report')
  expect([waiting.status, waiting.headers.get('retry-after')]).toEqual([503, '2'])
  expect(ProblemSchema.parse(waiting.answer).type).toBe(problemType('unavailable'))
  contents = { kind: 'failed', reason: 'a-clone is no repository.' }
  expect((await ask('/accounts')).answer.detail).toBe('a-clone is no repository.')
})
