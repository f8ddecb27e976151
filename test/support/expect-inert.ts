import { expect } from 'vitest'
import type { Tagging } from './action-case.ts'
import { markdownReaders, tagsOf } from './markdown-html.ts'

/** Addresses that are marks themselves: nobody's private ones. */
const knownAddresses = ['noreply@anthropic.com']

/** What is written into a summary by us, and by nobody else. */
const ownTags =
  /^<\/?(?:h2|h3|p|table|thead|tbody|tr|th|td|blockquote|sub)>$|^<\/a>$|^<a href="[^"\s]+\/commit\/[0-9a-f]{40}">$/

/** Characters that show nothing, or something else than they are. */
const invisible = /[\p{Cf}\p{Co}\p{Cn}\p{Variation_Selector}]|[^\P{Cc}\n]/u

/**
 * Expects that hostile text which a run met did nothing: not to the runner, not to who reads the summary, not to labels;
 * and that the run showed nobody's address. What holds for every run is checked where it is run.
 */
export function expectInert(
  run: Tagging,
  labels: readonly string[],
  given: readonly string[],
): void {
  expect(run.exitCode).toBe(0)
  expect(run.metadata).not.toBeNull()
  const said = [run.stdout, run.summary, ...Object.values(run.outputs)].join('\n')
  expect(said.isWellFormed()).toBe(true)
  expect(invisible.exec(said)?.[0]).toBeUndefined()
  expect(said.match(/[\w.+-]+@[\w-]+\.[\w.-]+/g) ?? []).toEqual(
    expect.not.arrayContaining([expect.not.stringMatching(knownAddresses.join('|'))]),
  )
  // One line that tells the answer, and one for each of our own commands.
  expect(run.stdout.trimEnd().split('\n')).toHaveLength(1 + run.commands.length)
  expect(labels.filter((label) => !given.includes(label))).toEqual(
    labels.filter((label) => ownLabel.test(label)),
  )
  expect(Buffer.byteLength(run.summary)).toBeLessThan(1024 * 1024)
  for (const [reader, toHtml] of markdownReaders) {
    const foreign = tagsOf(toHtml(run.summary)).filter((tag) => !ownTags.test(tag))
    expect(foreign, `read by ${reader}`).toEqual([])
  }
}

const ownLabel = /^ai:(?:assisted|agent-authored|unassisted|tool:[a-z0-9][a-z0-9-]{0,29})$/
