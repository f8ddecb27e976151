import { beforeAll, describe, expect, test } from 'vitest'
import { type Tagging, tagCase } from '../support/action-case.ts'
import { expectInert } from '../support/expect-inert.ts'
import { parseOutputs } from '../support/run-action.ts'
import { findCommands } from '../support/workflow-commands.ts'

describe('commands are found as the runner finds them', () => {
  test.each([
    ['::notice::Hello', [{ name: 'notice', message: 'Hello' }]],
    ['::error file=a.ts,line=1::100%25%0Abad', [{ name: 'error', message: '100%\nbad' }]],
    ['  \t::SeT-eNv name=A::b', [{ name: 'SeT-eNv', message: 'b' }]],
    ['text ##[add-path]/bin', [{ name: 'add-path', message: '/bin' }]],
    [
      'a\r::debug::x\n::echo::on',
      [
        { name: 'debug', message: 'x' },
        { name: 'echo', message: 'on' },
      ],
    ],
    ['text ::notice::x', []],
    [':notice::x', []],
    ['## [a]', []],
  ])('%j', (output, commands) => {
    expect(findCommands(output)).toEqual(commands)
  })
})

describe('outputs are read as the runner reads them', () => {
  const delimiter = 'ghadelimiter_00000000-0000-0000-0000-000000000000'

  test('with line ends', () => {
    expect(parseOutputs(`a<<${delimiter}\nx\ny\n${delimiter}\n`)).toEqual({ a: 'x\ny' })
  })

  test.each([
    'a=b\n',
    'a<<EOF\nx\nEOF\n',
    `a<<${delimiter}\nx\n`,
    `a<<${delimiter}\nx\n${delimiter}\nadmin=true\n`,
    `a<<${delimiter}\nx\n${delimiter}\na<<${delimiter}\ny\n${delimiter}\n`,
  ])('and %j is none of ours', (text) => {
    expect(() => parseOutputs(text)).toThrow()
  })
})

describe('a run that is not inert is found', () => {
  let run: Tagging
  beforeAll(async () => {
    run = await tagCase()
  })

  test.each([
    ['an image', { summary: '![](https://evil.test/b.gif)' }],
    ['a heading of another', { summary: '#### Approved' }],
    ['a link elsewhere', { summary: '[x](https://evil.test)' }],
    ['HTML', { summary: '<details>' }],
    ['an address', { summary: 'jane.private@example.test' }],
    ['what nobody sees', { stdout: 'a\u202eb\n' }],
    ['a line too many', { stdout: 'a\nb\n' }],
    ['a failed job', { exitCode: 1 }],
  ])('%s', (_, differing) => {
    expect(() => expectInert({ ...run, ...differing }, [], [])).toThrow()
  })

  test('and a foreign label is, and a clean run is not', () => {
    expect(() => expectInert(run, ['approved'], [])).toThrow()
    expectInert(run, ['ai:assisted', 'bug'], ['bug'])
  })
})
