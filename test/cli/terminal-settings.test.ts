import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { terminalSettings } from '../../src/cli/terminal-settings.ts'

function settings(
  environment: Readonly<Record<string, string>>,
  terminal: { isTTY?: boolean; columns?: number } = { isTTY: true, columns: 100 },
) {
  return terminalSettings({ environment, stdout: Object.assign(new Writable(), terminal) })
}

describe('width', () => {
  test.each([
    [{}, { isTTY: true, columns: 132 }, 132],
    [{ COLUMNS: '60' }, { isTTY: true, columns: 132 }, 132],
    [{ COLUMNS: '60' }, {}, 60],
    [{ COLUMNS: 'many' }, {}, 80],
    [{ COLUMNS: '-1' }, {}, 80],
    [{ COLUMNS: '' }, {}, 80],
    [{}, {}, 80],
    [{}, { isTTY: true, columns: 0 }, 80],
  ])('%j %j: %i', (environment, terminal, width) => {
    expect(settings(environment as Record<string, string>, terminal).width).toBe(width)
  })
})

describe('colour', () => {
  test.each([
    [{}, true],
    [{ TERM: 'xterm-256color' }, true],
    [{ TERM: 'dumb' }, false],
    [{ NO_COLOR: '1' }, false],
    [{ NO_COLOR: '' }, true],
    [{ FORCE_COLOR: '0' }, false],
    [{ FORCE_COLOR: 'false' }, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ])('on a terminal with %j: %j', (environment, colour) => {
    expect(settings(environment as Record<string, string>).colour).toBe(colour)
  })

  test('elsewhere only where it is forced', () => {
    expect(settings({}, {}).colour).toBe(false)
    expect(settings({ FORCE_COLOR: '3' }, {}).colour).toBe(true)
    expect(settings({ FORCE_COLOR: '' }, {}).colour).toBe(false)
  })
})

describe('ASCII', () => {
  test.each([
    [{}, false],
    [{ LANG: 'en_GB.UTF-8' }, false],
    [{ LANG: 'C.utf8' }, false],
    [{ LANG: 'C' }, true],
    [{ LANG: 'de_CH.ISO-8859-1' }, true],
    [{ LANG: 'en_GB.UTF-8', LC_ALL: 'C' }, true],
    [{ LANG: 'C', LC_CTYPE: 'en_GB.UTF-8' }, false],
    [{ LANG: 'en_GB.UTF-8', LC_CTYPE: 'POSIX' }, true],
  ])('%j: %j', (environment, ascii) => {
    expect(settings(environment as Record<string, string>).ascii).toBe(ascii)
  })
})
