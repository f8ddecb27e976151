import { delimiter } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import {
  difference,
  historyOf,
  nastyMessage,
  readByGit,
  whyNoHistory,
} from '../support/git-trailers.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { readText, root } from '../support/repository.ts'
import vectors from './trailer-vectors.json' with { type: 'json' }

const MaliciousInputsSchema = z.array(
  z.object({
    where: z.string(),
    input: z.union([
      z.string(),
      z.object({ $repeat: z.string(), n: z.number(), prefix: z.string(), suffix: z.string() }),
      // Web requests, which no message can hold.
      z.object({ body: z.unknown() }).transform(() => undefined),
    ]),
  }),
)

type MaliciousInput = z.infer<typeof MaliciousInputsSchema>[number]

/** The input itself, and within a message at the place that it is meant for. */
function messagesOf({ where, input }: MaliciousInput): string[] {
  if (input === undefined) return []
  const text =
    typeof input === 'string' ? input : input.prefix + input.$repeat.repeat(input.n) + input.suffix
  if (where === 'commit-message') return [text, `s\n\n${text}`]
  if (where === 'trailer-key') return [`s\n\n${text}: x\nAssisted-by: x\n`]
  if (where === 'trailer-value') return [`s\n\nAssisted-by: ${text}\n`]
  return []
}

async function differences(messages: readonly string[]): Promise<string[]> {
  const read = await readByGit(messages)
  return read.map(difference).filter((found) => found !== undefined)
}

async function differencesInHistory(directory: string, revision: string): Promise<string[]> {
  const found: string[] = []
  let commits = 0
  for await (const commit of historyOf(directory, [revision])) {
    commits += 1
    const differs = difference(commit)
    if (differs !== undefined) found.push(differs)
  }
  expect(commits).toBeGreaterThan(0)
  return found
}

describe('parseTrailers reads what the installed git reads', () => {
  test('in generated messages', async () => {
    const batches = fc.array(nastyMessage, { minLength: 1, maxLength: 2_000, size: 'max' })
    await fc.assert(
      fc.asyncProperty(batches, async (messages) => {
        expect(await differences(messages)).toEqual([])
      }),
      { numRuns: propertyRuns(20) },
    )
  })

  test('in the vectors', async () => {
    expect(await differences(vectors.map(({ message }) => message))).toEqual([])
  })

  test('in malicious inputs', async () => {
    const inputs = MaliciousInputsSchema.parse(
      JSON.parse(readText('test/support/malicious-inputs.json')),
    )
    const messages = inputs.flatMap(messagesOf)
    expect(messages.length).toBeGreaterThan(100)
    expect(await differences(messages)).toEqual([])
  })

  test("in this repository's own history", async ({ skip }) => {
    const reason = await whyNoHistory(root)
    skip(reason !== undefined, `there is no history to compare: ${reason}`)
    expect(await differencesInHistory(root, 'HEAD')).toEqual([])
  })

  const clones = (process.env.WHAT_SHIPPED_CLONES ?? '').split(delimiter).filter(Boolean)

  test.skipIf(clones.length > 0)('in clones', ({ skip }) => {
    skip('name the directories of clones in WHAT_SHIPPED_CLONES to compare their histories too')
  })

  test.each(clones)('in the history of %s', { timeout: 600_000 }, async (directory) => {
    expect(await differencesInHistory(directory, '--all')).toEqual([])
  })
})
