import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { Progress } from '../../src/cli/progress.ts'

/** A clock that is moved by hand, and what a terminal or a file got. */
function setUp({ terminal, sameTerminal = false }: { terminal: boolean; sameTerminal?: boolean }) {
  let time = Date.parse('2026-03-02T10:00:00Z')
  const written: string[] = []
  const said: string[] = []
  const stderr = Object.assign(new PassThrough(), { isTTY: terminal })
  stderr.write = (text: string) => written.push(text) > 0
  const stdout = Object.assign(new PassThrough(), { isTTY: sameTerminal })
  const progress = new Progress({ stderr, stdout, now: () => time }, (message) =>
    said.push(message),
  )
  return {
    progress,
    written,
    said,
    pass: (seconds: number) => {
      time += seconds * 1_000
    },
  }
}

describe('on a terminal', () => {
  test('one line is written over, and goes at the end', () => {
    const { progress, written, said, pass } = setUp({ terminal: true })
    progress.update(0, 5_000, 'pull requests')
    pass(1)
    progress.update(25, 5_000, 'pull requests')
    progress.update(26, 5_000, 'pull requests')
    pass(9)
    progress.update(1_250, 5_000, 'pull requests')
    progress.clear()
    progress.clear()
    expect({ written, said }).toEqual({
      written: [
        '\r\u001b[2K25 of 5,000 pull requests read',
        '\r\u001b[2K1,250 of 5,000 pull requests read, less than a minute left',
        '\r\u001b[2K',
      ],
      said: [],
    })
  })

  test('what is said stands above it', () => {
    const { progress, written, said, pass } = setUp({ terminal: true })
    pass(1)
    progress.update(1, null, 'pull requests')
    progress.say('waiting')
    expect(written).toEqual(['\r\u001b[2K1 pull requests read', '\r\u001b[2K'])
    expect(said).toEqual(['waiting'])
  })

  test('to which the results go too, lines stay apart', () => {
    const { progress, written, said, pass } = setUp({ terminal: true, sameTerminal: true })
    pass(30)
    progress.update(1, 2, 'pull requests')
    expect({ written, said }).toEqual({ written: [], said: ['1 of 2 pull requests read'] })
  })
})

test('elsewhere there is a plain line now and then', () => {
  const { progress, written, said, pass } = setUp({ terminal: false })
  for (let read = 0; read <= 100; read += 1) {
    progress.update(read, 1_000, 'pull requests')
    pass(1)
  }
  expect(written).toEqual([])
  expect(said).toEqual([
    '30 of 1,000 pull requests read, about 16 minutes left',
    '60 of 1,000 pull requests read, about 16 minutes left',
    '90 of 1,000 pull requests read, about 15 minutes left',
  ])
})

test.each([
  [60, 2, ', about 1 minute left'],
  [60, 100, ', about 2 hours left'],
  [3_600, 3, ', about 2 hours left'],
  [60, 1, ''],
])('the time left after %i s for one of %i', (seconds, total, left) => {
  const { progress, said, pass } = setUp({ terminal: false })
  progress.update(0, total, 'pull requests')
  pass(seconds)
  progress.update(1, total, 'pull requests')
  expect(said).toEqual([`1 of ${total} pull requests read${left}`])
})

test('what was read before this run does not count for the time left', () => {
  const { progress, said, pass } = setUp({ terminal: false })
  progress.update(900, 1_000, 'pull requests')
  pass(60)
  progress.update(910, 1_000, 'pull requests')
  expect(said).toEqual(['910 of 1,000 pull requests read, about 9 minutes left'])
})

test('a program gets lines of their own as often as it wants, which do not go by what is said', () => {
  let time = 0
  const written: string[] = []
  const said: string[] = []
  const stderr = Object.assign(new PassThrough(), { isTTY: false })
  stderr.write = (text: string) => written.push(text) > 0
  const surroundings = { stderr, stdout: new PassThrough(), now: () => time }
  const progress = new Progress(surroundings, (message) => said.push(message), 'last', 1_000)
  for (; time < 3_000; time += 400) progress.update(time, 10_000, 'pull requests')
  progress.say('something')
  expect({ written, said }).toEqual({
    written: [
      '1,200 of 10,000 pull requests read\n',
      '2,400 of 10,000 pull requests read, less than a minute left\n',
    ],
    said: ['something'],
  })
})
