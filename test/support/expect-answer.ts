import { expect } from 'vitest'
import type { Metadata } from '../../src/action/metadata-schema.ts'
import { type ActionCase, tagCase } from './action-case.ts'

/** A pull request, and what the Action says of it. */
export interface Answer {
  readonly name: string
  readonly case: ActionCase
  readonly expected: Partial<Metadata>
  /** Labels on the pull request afterwards. */
  readonly labels: readonly string[]
}

/** Runs the Action once, and expects the answer, its labels, and nothing to be remarked. */
export async function expectAnswer({ case: init, expected, labels }: Answer): Promise<void> {
  const { metadata, pullRequest, outputs, commands } = await tagCase(init)
  expect(metadata).toMatchObject({ complete: true, ...expected })
  expect(pullRequest.labels.toSorted()).toEqual(labels.toSorted())
  expect(outputs.labels).toBe(labels.filter((label) => label.startsWith('ai:')).join(','))
  expect(commands).toEqual([])
}
