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

test('a long history needs no more memory than a short one', async () => {
  const peak = async (commits: number) => {
    const source = new TestRepository({ bare: true })
    source.commitMany(commits, message)
    const { environment: env } = source
    const { memory } = await measureNode([...commandLine, 'assess', '--git', source.directory], {
      env,
    })
    return memory
  }
  expect((await peak(many)) - (await peak(few))).toBeLessThan(slack)
})

test('many messages need no more memory than few', async () => {
  const peak = async (commits: number) => {
    const file = join(temporaryDirectory(), 'messages')
    writeFileSync(file, Array.from({ length: commits }, (_, index) => message(index)).join('\0'))
    const { memory } = await measureNode([...commandLine, 'assess', '--messages', file])
    return memory
  }
  expect((await peak(many)) - (await peak(few))).toBeLessThan(slack)
})
