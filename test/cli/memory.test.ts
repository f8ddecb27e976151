import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { measureNode } from '../../bench/measure-process.ts'
import { lines } from '../support/ai-marks.ts'
import { TestRepository, temporaryDirectory } from '../support/git-repository.ts'
import { commandLine } from '../support/run-cli.ts'

const few = 2_000
const many = 40_000
/** Megabytes by which the peak may differ between a short history and a long one. */
const slack = 30

/** Every third message has a mark; no two are equal. */
function message(number: number): string {
  const mark = number % 3 === 0 ? `\n${lines.claude}\n` : ''
  return `Change number ${number}\n\n${'What it does, in some words. '.repeat(8)}\n${mark}`
}

/** Peak of the command in megabytes: the lower of two runs, since when V8 collects is partly chance. */
async function peak(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const runs = [
    await measureNode([...commandLine, 'assess', ...args], { env }),
    await measureNode([...commandLine, 'assess', ...args], { env }),
  ]
  return Math.min(...runs.map(({ memory }) => memory))
}

test('a long history needs no more memory than a short one', async () => {
  const peakOf = (commits: number) => {
    const source = new TestRepository({ bare: true })
    source.commitMany(commits, message)
    return peak(['--git', source.directory], source.environment)
  }
  expect((await peakOf(many)) - (await peakOf(few))).toBeLessThan(slack)
})

test('many messages need no more memory than few', async () => {
  const peakOf = (commits: number) => {
    const file = join(temporaryDirectory(), 'messages')
    writeFileSync(file, Array.from({ length: commits }, (_, index) => message(index)).join('\0'))
    return peak(['--messages', file])
  }
  expect((await peakOf(many)) - (await peakOf(few))).toBeLessThan(slack)
})
