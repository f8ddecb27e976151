import { describe, expect, test } from 'vitest'
import { tagCase } from '../support/action-case.ts'
import { expectInert } from '../support/expect-inert.ts'
import { anAccount } from '../support/fake-github/index.ts'
import { maliciousTexts } from '../support/malicious-inputs.ts'

const texts = maliciousTexts.filter(({ where }) =>
  ['pr-title', 'branch-name', 'login', 'repo-name', 'tool-name', 'config-link'].includes(where),
)

/** So few that what is cut where a text is too long is not one of them. */
const batches = Array.from({ length: Math.ceil(texts.length / 3) }, (_, index) => {
  const batch = texts.slice(index * 3, index * 3 + 3)
  return {
    names: batch.map(({ name }) => name).join(', '),
    // Names on GitHub are UTF-8, which has no lone surrogates.
    batch: batch.map(({ text }) => text.toWellFormed()),
  }
})

/** JSON is YAML, and its escapes carry every text. */
function configurationWith(batch: readonly string[]): string {
  return JSON.stringify({
    tools: batch.map((text, index) => ({
      id: `hostile-${index}`,
      name: text,
      lines: ['Made with hostility'],
    })),
    labels: { assisted: batch },
  })
}

describe('hostile texts as title, branch, description, login, label and name of a tool', () => {
  test.each(batches)('$names', async ({ batch }) => {
    const all = batch.join(' ')
    const run = await tagCase({
      pullRequest: {
        title: all,
        head: { ref: `claude/${all}` },
        body: `${batch.join('\n')}\n\nMade with hostility\n${all}`,
        author: anAccount(all, { id: 198982749, type: 'Bot', graphqlLogin: all }),
        commits: [{ message: 'Made with hostility', author: { name: all } }],
        labels: [...batch],
      },
      repository: { files: { '.github/what-shipped.yml': configurationWith(batch) } },
      inputs: { 'tool-labels': 'true' },
    })
    expect(run.metadata).toMatchObject({
      assistance: 'assisted',
      agentAuthored: true,
      tools: ['copilot-coding-agent', ...batch.map((_, index) => `hostile-${index}`)],
    })
    // The opener, the branch, a label each, and for each tool the description and the commit.
    expect(run.metadata?.evidence).toHaveLength(2 + 3 * batch.length)
    expect(run.commands).toEqual([])
    expectInert(run, run.pullRequest.labels, batch)
    expect(run.pullRequest.labels).toEqual(expect.arrayContaining(batch))
  })
})

describe('a hostile text in what the runner says', () => {
  test.each([
    { name: 'the event', environment: { GITHUB_EVENT_NAME: 'x\n::error::y\n##[error]z' } },
    { name: 'the event, in one line', environment: { GITHUB_EVENT_NAME: '::stop-commands::a' } },
  ])('$name is one notice', async ({ environment }) => {
    const { exitCode, commands, stdout } = await tagCase({ environment })
    expect(exitCode).toBe(0)
    expect(commands).toEqual([
      { name: 'notice', message: expect.stringMatching(/^Nothing to tag: the event/) },
    ])
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  })
})
