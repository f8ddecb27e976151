import { describe, expect, test } from 'vitest'
import { readInputs } from '../../src/action/inputs.ts'

const token = { 'INPUT_GITHUB-TOKEN': 'a-token' }

test('what is not given has its default', () => {
  expect(readInputs(token)).toEqual({
    mode: 'tag',
    'github-token': 'a-token',
    labels: true,
    'label-prefix': 'ai:',
    'tool-labels': false,
    config: '.github/what-shipped.yml',
    summary: true,
    issue: false,
  })
})

test('an empty text is an input that is not given', () => {
  const names = [
    'MODE',
    'PULL-REQUEST',
    'LABELS',
    'LABEL-PREFIX',
    'TOOL-LABELS',
    'CONFIG',
    'SUMMARY',
    'ISSUE',
    'PSEUDONYM-KEY',
    'RECORDS-FILE',
  ]
  const empty = Object.fromEntries(names.map((name) => [`INPUT_${name}`, ' ']))
  expect(readInputs({ ...token, ...empty })).toEqual(readInputs(token))
})

describe('a good value', () => {
  test.each([
    ['pull-request', '12', 12],
    ['pull-request', ' 999999999\n', 999_999_999],
    ['labels', 'FALSE', false],
    ['tool-labels', 'true', true],
    ['summary', ' false ', false],
    ['label-prefix', 'origin/', 'origin/'],
    ['label-prefix', '  AI ', 'AI '],
    ['label-prefix', 'fifteen-letters', 'fifteen-letters'],
    ['config', 'settings/ai.yml', 'settings/ai.yml'],
    ['mode', 'report', 'report'],
    ['issue', 'true', true],
    ['pseudonym-key', `${'k'.repeat(32)}\n`, 'k'.repeat(32)],
    ['records-file', 'C:\\kept files\\records.ndjson', 'C:\\kept files\\records.ndjson'],
  ] as const)('%s: %j', (name, value, expected) => {
    expect(readInputs({ ...token, [`INPUT_${name.toUpperCase()}`]: value })[name]).toBe(expected)
  })
})

describe('a bad value', () => {
  test.each([
    ['mode', 'Tag', "Input mode: use 'tag' or 'report'"],
    ['pseudonym-key', 'k'.repeat(31), /^Input pseudonym-key: use at least 32 .*, in one line$/],
    ['pseudonym-key', `${'k'.repeat(32)}\nk`, /^Input pseudonym-key: use at least 32/],
    ['pseudonym-key', 'ключ'.repeat(10), /^Input pseudonym-key: use at least 32/],
    ['records-file', 'a\nb', 'Input records-file: use the path of a file, in one line'],
    ['pull-request', '0', 'Input pull-request: use the number of a pull request'],
    ['pull-request', '-1', 'Input pull-request: use the number of a pull request'],
    ['pull-request', '7.0', 'Input pull-request: use the number of a pull request'],
    ['pull-request', '1234567890', 'Input pull-request: use the number of a pull request'],
    ['labels', '2', 'Input labels: use true or false'],
    ['label-prefix', ':ai', /^Input label-prefix: use 1 to 15 letters/],
    ['label-prefix', 'sixteen-letters:', /^Input label-prefix: use 1 to 15 letters/],
    ['label-prefix', 'a\nb', /^Input label-prefix: use 1 to 15 letters/],
    ['label-prefix', 'ки:', /^Input label-prefix: use 1 to 15 letters/],
    ['config', '/etc/passwd', 'Input config: use a path inside the repository'],
    ['config', 'a/../../b', 'Input config: use a path inside the repository'],
    ['config', 'a:b', 'Input config: use a path inside the repository'],
    ['config', 'a'.repeat(201), 'Input config: use a path inside the repository'],
    ['summary', 'nothing', 'Input summary: use true or false'],
    ['github-token', '', /^Input github-token: it is empty/],
    ['github-token', '0123456789\nfoo', /^Input github-token: it has characters that no token has/],
    ['github-token', 'tökén', /^Input github-token: it has characters that no token has/],
  ])('%s: %j', (name, value, message) => {
    expect(() => readInputs({ ...token, [`INPUT_${name.toUpperCase()}`]: value })).toThrow(message)
  })
})
