import { describe, expect, test } from 'vitest'
import { squashSuggestions } from '../../src/provenance/squash-suggestions.ts'

const bot =
  'Co-authored-by: devin-ai-integration[bot] <158243242+devin-ai-integration[bot]@users.noreply.github.com>'
const value = bot.slice('Co-authored-by: '.length).toLowerCase()

function squash(...parts: readonly string[]): string {
  return ['Improve the settings (#12)', ...parts, '---------', bot, ''].join('\n\n')
}

describe('co-authors of suggestions in a squash merge', () => {
  test.each<readonly [string, string, readonly string[]]>([
    [
      'under a suggestion alone',
      squash('* Add x', `* Update src/a.ts\n\n${bot}`, '* i18n'),
      [value],
    ],
    [
      'under two suggestions',
      squash(`* Update a.ts\n\n${bot}`, `* Update b.ts\n\n${bot}`),
      [value],
    ],
    [
      'with Windows line ends',
      squash('* Add x', `* Update src/a.ts\n\n${bot}`).replaceAll('\n', '\r\n'),
      [value],
    ],
    ['under other work too', squash(`* Add x\n\n${bot}`, `* Update src/a.ts\n\n${bot}`), []],
    ['under other work alone', squash(`* Add x\n\n${bot}`), []],
    ['below the rule alone', squash('* Update src/a.ts', '* Add x'), []],
    ['in a message without a list of commits', `Add x (#12)\n\n${bot}\n`, []],
  ])('%s', (_, message, suggested) => {
    expect([...squashSuggestions(message)]).toEqual(suggested)
  })
})
