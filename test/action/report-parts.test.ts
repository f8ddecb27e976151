import { describe, expect, test } from 'vitest'
import { LimitError, longestWaiting, Patience } from '../../src/action/patience.ts'
import { reportKey } from '../../src/action/report-key.ts'
import { reportProblem } from '../../src/action/report-problem.ts'
import { GitHubError } from '../../src/github/index.ts'

describe('the key', () => {
  const random = (count: number) => new Uint8Array(count).fill(3)
  const bytes = new Uint8Array(32).fill(0xab)

  test.each([
    ['hexadecimal digits are bytes, as in the key file of the command', 'ab'.repeat(32), bytes],
    ['in capitals too', 'AB'.repeat(32), bytes],
    ['too few of them are text', 'ab'.repeat(31), Buffer.from('ab'.repeat(31))],
    ['an odd number of them is text', 'a'.repeat(65), Buffer.from('a'.repeat(65))],
    ['anything else is text', 'k'.repeat(40), Buffer.from('k'.repeat(40))],
    ['none is a random one', undefined, random(32)],
  ])('%s', (_, secret, key) => {
    expect(Buffer.from(reportKey(secret, random))).toEqual(Buffer.from(key))
  })
})

describe('waiting for limits', () => {
  function patience() {
    const slept: number[] = []
    const said: string[] = []
    let now = Date.UTC(2026, 0, 5, 10)
    const sleep = async (milliseconds: number) => {
      slept.push(milliseconds)
      now += milliseconds
    }
    const waiting = new Patience(
      () => now,
      sleep,
      (message) => said.push(message),
    )
    return { slept, said, waiting, in: (milliseconds: number) => now + milliseconds }
  }

  test('goes on for an hour and five minutes in all', async () => {
    const { waiting, slept, said, ...run } = patience()
    await waiting.waitUntil(run.in(60 * 60_000))
    await waiting.waitUntil(run.in(5 * 60_000))
    await waiting.waitUntil(run.in(-1))
    expect(slept).toEqual([3_600_000, 300_000, 0])
    expect(said[0]).toBe("GitHub's rate limit is used up; waiting until 2026-01-05 11:00 UTC")
    await expect(waiting.waitUntil(run.in(1))).rejects.toThrow(LimitError)
  })

  test('does not begin where the end is further away', async () => {
    const { waiting, slept, ...run } = patience()
    const until = run.in(longestWaiting + 1)
    await expect(waiting.waitUntil(until)).rejects.toThrow('until 2026-01-05 11:05 UTC')
    expect(slept).toEqual([])
  })
})

describe('why there is no report', () => {
  const limit = new LimitError(Date.UTC(2026, 0, 5, 10, 40))
  const limited = new GitHubError('unavailable', 'GitHub limits the rate of calls', {
    limitedUntil: 1,
  })

  const some = { keeps: true, kept: true }
  const nothingYet = { keeps: true, kept: false }
  const never = { keeps: false, kept: false }

  test.each([
    ['a limit', limit, some, true, /until 2026-01-05 10:40 UTC.* is kept: run the job again later/],
    [
      'a limit, nothing read yet',
      limit,
      nothingYet,
      true,
      /a part is no report\. Run the job again later\.$/,
    ],
    ['a limit, nothing kept', limit, never, true, /Run the job again later\. .* pseudonym-key/],
    ['a limit, no contents', limit, never, false, /Run the job again later\. .*contents: read/],
    ['a limit before all else', limited, never, undefined, /^No report: GitHub limits the rate/],
    [
      'no permission',
      new GitHubError('permission', 'Resource not accessible.'),
      never,
      true,
      /says: Resource not accessible\)\. Give the job `permissions: pull-requests: read`\.$/,
    ],
    ['no repository', new GitHubError('not-found', 'Not Found'), never, true, /one of this rep/],
    ['a bad token', new GitHubError('token', 'Bad token'), never, true, /^Bad token\. Leave/],
    [
      'an outage',
      new GitHubError('unavailable', 'GitHub answered 502'),
      some,
      true,
      /^No report: GitHub answered 502\. What was read is kept/,
    ],
  ])('%s', (_, error, kept, contents, message) => {
    expect(reportProblem(error, { ...kept, contents })).toMatchObject({
      message: expect.stringMatching(message),
      cause: error,
    })
  })

  test('what is not of GitHub stays what it is', () => {
    const error = new TypeError('no')
    expect(reportProblem(error, { ...never, contents: true })).toBe(error)
  })
})
