import { createHash } from 'node:crypto'
import {
  assessChange,
  type Commit,
  indexRegistry,
  shippedRegistry,
  toolName,
} from '../../src/provenance/index.ts'
import { assistanceSummary } from '../../src/report/index.ts'
import { lines } from './ai-marks.ts'

const person = { name: 'Dev', email: 'dev@example.com' }

const commits: readonly Commit[] = [
  {
    sha: '4be1c0f27d93a85e6b10c4d2f7a9835e1d06b7ca',
    message: `Queue the deliveries that failed\n\n${lines.claude}\n`,
    author: person,
    parents: 1,
  },
  {
    sha: 'a07d5932c1e84f6b9d20e7c385fb164a92d3ce08',
    message: `Retry with a growing delay\n\nThe delay doubles up to an hour.\n\n${lines.claude}\n`,
    author: person,
    parents: 1,
  },
  {
    sha: 'e93f6a1840bd527c3f9e0d148a6b27c5f01e4d93',
    message: `Test the retries against a slow receiver\n\n${lines.cursor}\n`,
    author: person,
    parents: 1,
  },
  {
    sha: '1c58d7e02fa94b36e7150ac89d3f6b42e8c0a715',
    message: 'Read the limits from the settings\n',
    author: person,
    parents: 1,
  },
  {
    sha: '72ba04e9d6158cf3a2be6709d15c48f3e07d92ab',
    message: `Apply suggestion from @Copilot\n\n${lines.copilotReview}\n`,
    author: person,
    committer: { name: 'GitHub', email: 'noreply@github.com' },
    verified: true,
    parents: 1,
  },
]

/**
 * The job summary of a pull request as a maintainer might get it: two tools in the commits, an accepted review suggestion, the
 * author's word, a branch that a tool named. The registry's date is fixed, so that a new registry alone changes nothing.
 */
export function exampleSummary(): string {
  const marks = { ...indexRegistry(shippedRegistry()), version: '2026-11-22' }
  const assessment = assessChange(
    {
      commits,
      complete: true,
      branch: 'claude/retry-deliveries-4f2a9',
      description: `Deliveries that fail are tried again, for a day at most.\n\n${lines.assisted}\n`,
      answerLabels: {
        assisted: 'ai:assisted',
        agentAuthored: 'ai:agent-authored',
        unassisted: 'ai:unassisted',
      },
    },
    marks,
  )
  return assistanceSummary(assessment, {
    repositoryUrl: 'https://github.com/acme/courier',
    number: 412,
    labels: { assisted: 'ai:assisted', unassisted: 'ai:unassisted' },
    toolName: (id) => toolName(id, marks),
    notices: [],
  })
}

/** SHA-256 of the summary in hexadecimal: the pictures carry it, so that they are seen to be out of date. */
export function exampleDigest(): string {
  return createHash('sha256').update(exampleSummary()).digest('hex')
}
