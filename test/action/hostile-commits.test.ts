import { describe, expect, test } from 'vitest'
import { type ActionCase, tagCase } from '../support/action-case.ts'
import { expectInert } from '../support/expect-inert.ts'
import type { CommitInit } from '../support/fake-github/index.ts'
import { type MaliciousText, maliciousTexts } from '../support/malicious-inputs.ts'

/** As many as a summary shows all signs of. */
const batch = 18

const textsAt = (...places: readonly string[]) =>
  maliciousTexts.filter(({ where }) => places.includes(where))

function batches(texts: readonly MaliciousText[]) {
  return Array.from({ length: Math.ceil(texts.length / batch) }, (_, index) => {
    const inBatch = texts.slice(index * batch, (index + 1) * batch)
    return { names: `${inBatch[0]?.name} … ${inBatch.at(-1)?.name}`, inBatch }
  })
}

const claudeAddress = 'noreply@anthropic.com'

/** The text in every part of a commit that is shown when the commit carries a mark. */
function asValue({ text }: MaliciousText): CommitInit {
  return {
    message: `Change it\n\nAssisted-by: ${text}\nGenerated-by: ${text}\nCo-authored-by: ${text} <${claudeAddress}>`,
    author: { name: text, email: claudeAddress },
    committer: { name: text, email: 'dev@example.com' },
  }
}

function asMessage({ text }: MaliciousText): CommitInit {
  return { message: `${text}\n\nCo-authored-by: Claude <${claudeAddress}>` }
}

function asKey({ text }: MaliciousText): CommitInit {
  return { message: `Change it\n\n${text}: Claude Code\nCo-authored-by: Claude <${claudeAddress}>` }
}

async function expectInertRun(commits: readonly CommitInit[]): Promise<void> {
  const init: ActionCase = { pullRequest: { commits }, inputs: { 'tool-labels': 'true' } }
  const run = await tagCase(init)
  expect(run.metadata).toMatchObject({ assistance: 'assisted', totalCommits: commits.length })
  expect(run.metadata?.evidence.length).toBeGreaterThanOrEqual(commits.length)
  expect(run.commands).toEqual([])
  expectInert(run, run.pullRequest.labels, [])
}

describe('a hostile text as the value of trailers, as author and committer', () => {
  test.each(batches(textsAt('trailer-value', 'login', 'pr-title', 'tool-name')))(
    '$names',
    ({ inBatch }) => expectInertRun(inBatch.map(asValue)),
  )
})

describe('a hostile text as the message of a commit', () => {
  test.each(batches(textsAt('commit-message', 'branch-name', 'repo-name')))(
    '$names',
    ({ inBatch }) => expectInertRun(inBatch.map(asMessage)),
  )
})

describe('a hostile text as the key of a trailer', () => {
  test.each(batches(textsAt('trailer-key')))('$names', ({ inBatch }) =>
    expectInertRun(inBatch.map(asKey)),
  )
})
