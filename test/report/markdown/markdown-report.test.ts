import { describe, expect, test } from 'vitest'
import { renderMarkdown } from '../../../src/report/markdown/markdown-report.ts'
import { markdownReaders } from '../../support/markdown-html.ts'
import { exampleReport, hiddenReport } from '../example-report.ts'

const whole = { limit: 1_048_576 }
const bytes = (text: string) => Buffer.byteLength(text)

test('the report of a group that may not be shown', () => {
  expect(renderMarkdown(hiddenReport({ definitions: [] }), whole)).toMatchInlineSnapshot(`
    "## What Shipped: \` harbour-lights/skiff \`

    as of 22 June 2026 · read from GitHub

    These changes are made up, to show what a report looks like.

    **Nothing is shown: fewer than 5 people or 20 changes in a group.**

    ### Time to merge

    **Not shown: fewer than 5 people or 20 changes in a group.**

    ### Review rounds

    **Not shown: fewer than 5 people or 20 changes in a group.**

    ### Reverts

    **Not shown: fewer than 5 people or 20 changes in a group.**

    ### What to know

    - Not shown: the time of each step and the sizes of changes. There a group has fewer than 5 people or 20 changes.

    <details><summary>How it was counted and compared</summary>

    ### Time to merge: how it was compared

    Hours from ready for review to merged, of changes merged within 14 days.

    * **Changes**: ready from 9 March 2026 to 7 June 2026

    ### Review rounds: how it was compared

    How many versions of a change another person reviewed from ready until the merge. More is not worse.

    * **Changes**: ready from 9 March 2026 to 7 June 2026

    ### Reverts: how it was compared

    Changes reverted within 30 days of their merge, per 1,000.

    * **Changes**: merged from 22 December 2025 to 22 May 2026

    </details>

    <sub>This compares changes; it does not prove that AI caused the difference. People choose when to use AI.</sub>

    <sub>95 % interval: ranges made this way contain the true value about 95 times in 100.</sub>

    <sub>No AI recorded does not mean that no AI was used: a missing trailer is no evidence.</sub>

    <sub>Method 1, registry 2026-06-01. A group is shown from 5 people and 20 changes on, where nobody made more than 50 % of it.</sub>
    "
  `)
})

describe('the order', () => {
  test('is what can be said, what shipped, how long, what is recorded; the rest is folded away', () => {
    const titles = renderMarkdown(exampleReport(), whole).match(/^(?:##+ .*|<details>.*)$/gm)
    expect(titles?.slice(0, 10)).toEqual([
      '## What Shipped: harbour-lights',
      '### Time to merge',
      '### Review rounds',
      '### Reverts',
      '### How sure this is',
      '### What shipped',
      '### Where the time goes',
      '### Repository by repository',
      '### What is recorded of AI use',
      '### What to know',
    ])
    expect(titles?.[10]).toBe('<details><summary>How it was counted and compared</summary>')
  })

  test.each(markdownReaders)('%s reads its tables as tables', (_reader, toHtml) => {
    const markdown = renderMarkdown(exampleReport(), whole)
    const written = markdown.match(/^\|(?: --- \|)+$/gm)
    expect(toHtml(markdown).match(/<table>/g)).toHaveLength(written?.length ?? 0)
    expect(toHtml(markdown)).not.toMatch(/\| ---|<p>\|/)
  })
})

describe('the limit', () => {
  const all = renderMarkdown(exampleReport(), whole)

  test('is no concern where the report fits', () => {
    expect(renderMarkdown(exampleReport(), { limit: bytes(all) })).toBe(all)
    expect(all).not.toContain('does not fit')
  })

  test.each([9_500, 8_000, 5_000, 3_000, 1_500])(
    'of %i bytes keeps whole sections, from the start',
    (limit) => {
      const cut = renderMarkdown(exampleReport(), { limit })
      expect(bytes(cut)).toBeLessThanOrEqual(limit)
      expect(cut).toContain('The rest of the report does not fit here.')
      expect(cut).toContain(exampleReport().headline)
      expect(cut).toContain('it does not prove that AI caused the difference')
      const [kept = ''] = cut.split('\n\nThe rest of the report')
      expect(all.startsWith(kept.replace(/\n\n<\/details>$/, ''))).toBe(true)
      expect(cut.match(/<details>/g)?.length).toBe(cut.match(/<\/details>/g)?.length)
    },
  )

  test('of nearly nothing still says what is missing', () => {
    expect(renderMarkdown(exampleReport(), { limit: 100 })).toMatch(/^The rest of the report/)
  })

  test('holds for an organisation of any size', () => {
    const [repository] = exampleReport().repositories
    const repositories = Array.from({ length: 5_000 }, (_, index) => ({
      name: `harbour-lights/${index}`,
      comparisons: repository?.comparisons ?? [],
    }))
    const cut = renderMarkdown(exampleReport({ repositories }), { limit: 65_535 })
    expect(bytes(cut)).toBeLessThanOrEqual(65_535)
    expect(cut).toContain('### Where the time goes')
  })
})
