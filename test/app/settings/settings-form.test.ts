import { expect, test } from 'vitest'
import { parseAccountSettings } from '../../../src/app/settings/account-settings.ts'
import { readSelfAuditForm } from '../../../src/app/settings/self-audit-form.ts'
import { inputOf, readSettingsForm } from '../../../src/app/settings/settings-form.ts'
import { readTokenForm } from '../../../src/app/settings/token-form.ts'

const settings = parseAccountSettings(
  JSON.stringify({
    open: false,
    thresholds: { people: 7, changes: 30, largestPersonPercent: 40 },
    retentionDays: 300,
    tracking: { repositories: [3, 5], branches: ['release/*', 'next'] },
    organisationInPublicChecks: true,
  }),
)
const known = new Set([3, 5, 8])

test('a form that is sent as it was changes nothing', () => {
  const { selfAudit: _, history: _also, ...choices } = settings
  expect(readSettingsForm(inputOf(settings), known)).toEqual({ choices })
  const none = parseAccountSettings(undefined)
  const { selfAudit: _s, history: _h, ...defaults } = none
  expect(readSettingsForm(inputOf(none), known)).toEqual({ choices: defaults })
})

test.each([
  ['open', ['maybe']],
  ['open', []],
  ['people', ['4']],
  ['people', ['5.5']],
  ['people', ['501']],
  ['people', ['1e2']],
  ['changes', ['19']],
  ['changes', ['']],
  ['largestPersonPercent', ['51']],
  ['largestPersonPercent', ['9']],
  ['largestPersonPercent', ['-20']],
  ['retentionDays', ['244']],
  ['retentionDays', ['401']],
  ['retentionDays', ['never']],
  ['branches', ['release/*\nwith space']],
  ['branches', ['a'.repeat(201)]],
  ['branches', [Array.from({ length: 51 }, (_, index) => `b${index}`).join('\n')]],
  ['branches', ['what?']],
] as const)('%s %j is refused at its field, and nothing else', (field, value) => {
  const { problems } = readSettingsForm({ ...inputOf(settings), [field]: value }, known)
  expect(Object.keys(problems ?? {})).toEqual([field])
})

test.each([[[]], [['9']], [['3', '9']], [['x']]])(
  'of repositories only those can be chosen that there are: not %j',
  (repository) => {
    const input = { ...inputOf(settings), repositories: ['chosen'], repository }
    expect(readSettingsForm(input, known).problems).toEqual({
      repositories: 'Choose all, or one repository at least.',
    })
  },
)

test('all mistakes are told at once', () => {
  const { problems } = readSettingsForm({}, known)
  expect(Object.keys(problems ?? {}).toSorted()).toEqual([
    'changes',
    'largestPersonPercent',
    'open',
    'people',
    'repositories',
  ])
})

test('patterns are taken once each, without the space around them', () => {
  const input = { ...inputOf(settings), branches: [' next \r\n\r\nrelease/*\nnext'] }
  expect(readSettingsForm(input, known).choices?.tracking.branches).toEqual(['next', 'release/*'])
})

test.each([
  [{}, ['tied']],
  [{ tied: ['perhaps'] }, ['tied']],
  [{ tied: ['yes'] }, ['tiedHow']],
  [{ tied: ['no'], passedOn: ['x'.repeat(301)] }, ['passedOn']],
])('a self-audit of %j is refused at %j', (input, fields) => {
  expect(Object.keys(readSelfAuditForm(input, 5).problems ?? {})).toEqual(fields)
})

test('a self-audit is kept in sentences of one line', () => {
  const input = { tied: ['yes'], tiedHow: [' The bonus\r\nof teams. '], passedOn: [''] }
  expect(readSelfAuditForm(input, 5).answers).toEqual({
    ...{ answeredAt: 5, tied: 'yes', tiedHow: 'The bonus of teams.', passedOn: '' },
  })
})

const there = [{ name: 'ci' }]

test.each([
  [{ name: [''], days: ['30'] }, ['name']],
  [{ name: ['ci'], days: ['30'] }, ['name']],
  [{ name: ['<b>'], days: ['30'] }, ['name']],
  [{ name: ['x'.repeat(61)], days: ['30'] }, ['name']],
  [{ name: ['grafana'], days: ['366'] }, ['days']],
  [{}, ['name', 'days']],
])('a token of %j is refused at %j', (input, fields) => {
  expect(Object.keys(readTokenForm(input, there).problems ?? {})).toEqual(fields)
})

test('a token has a name and a life of a year at most', () => {
  expect(readTokenForm({ name: [' grafana '], days: ['365'] }, there)).toEqual({
    wanted: { name: 'grafana', days: 365 },
  })
  const many = Array.from({ length: 50 }, (_, index) => ({ name: `t${index}` }))
  expect(readTokenForm({ name: ['one more'], days: ['30'] }, many).problems?.name).toMatch(/50/)
})
