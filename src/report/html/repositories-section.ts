import type { Report } from '../document/report-document.ts'
import { partTitles } from '../text/part-titles.ts'
import { visibleText } from '../visible-text.ts'
import { estimateCell } from './cells.ts'
import { dataTable } from './data-table.ts'
import { type Markup, markup } from './markup.ts'
import { section } from './section.ts'

/** A longer list waits behind a click. */
const OPEN_AT_MOST = 12

/**
 * Each repository's differences, without verdicts.
 *
 * @param addresses of the pages of repositories, by name, where they have any
 */
export function repositoriesSection(
  { repositories, comparisons, readings }: Report,
  addresses?: ReadonlyMap<string, string>,
): Markup | null {
  if (readings.repositories === null) return null
  const table = dataTable({
    caption: 'Differences in each repository, with 95 % intervals',
    columns: [
      'Repository',
      ...comparisons.map(({ title, outcome }) =>
        outcome === 'reverts' ? `${title} per 1,000` : title,
      ),
    ],
    rows: repositories.map(({ name, comparisons: own }) => [
      markup`<span class="name">${linked(visibleText(name), addresses?.get(name))}</span>`,
      ...comparisons.map(({ outcome }) => {
        return estimateCell(own.find((one) => one.outcome === outcome)?.estimate ?? null)
      }),
    ]),
  })
  const list =
    repositories.length <= OPEN_AT_MOST
      ? table
      : markup`<details><summary>The ${repositories.length} repositories</summary>
${table}</details>
`
  return section(
    {
      id: 'repositories',
      title: partTitles.repositories,
      about:
        'Numbers without verdicts: with many repositories some intervals miss “no difference” by chance.',
    },
    markup`<p class="reading">${readings.repositories}</p>\n`,
    repositories.length === 0 ? null : list,
  )
}

function linked(text: string, address: string | undefined): Markup | string {
  return address === undefined ? text : markup`<a href="${address}">${text}</a>`
}
