import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { measureNode } from '../../bench/measure-process.ts'
import { formatRecord } from '../../src/delivery/index.ts'
import { aCommit, aRecord, aSha, textKey } from '../support/a-record.ts'
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

/**
 * Peak of the command in megabytes: the lower of two runs, since when V8 collects is partly chance.
 *
 * @param node options of Node
 */
async function peak(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  node: readonly string[] = [],
) {
  const runs = [
    await measureNode([...node, ...commandLine, ...args], { env }),
    await measureNode([...node, ...commandLine, ...args], { env }),
  ]
  return Math.min(...runs.map(({ memory }) => memory))
}

test('a long history needs no more memory than a short one', async () => {
  const peakOf = (commits: number) => {
    const source = new TestRepository({ bare: true })
    source.commitMany(commits, message)
    return peak(['assess', '--git', source.directory], source.environment)
  }
  expect((await peakOf(many)) - (await peakOf(few))).toBeLessThan(slack)
})

test('many messages need no more memory than few', async () => {
  const peakOf = (commits: number) => {
    const file = join(temporaryDirectory(), 'messages')
    writeFileSync(file, Array.from({ length: commits }, (_, index) => message(index)).join('\0'))
    return peak(['assess', '--messages', file])
  }
  expect((await peakOf(many)) - (await peakOf(few))).toBeLessThan(slack)
})

/** Megabytes for an export: kept whole, the longer history would take four times as much, and Node would give up. */
const exportSlack = 60
/** What is still needed fits in so many megabytes, or Node gives up: else it lets garbage pile up where there is room. */
const limited = ['--max-old-space-size=64']
/** Changes of a records file, 2 kilobytes each. */
const someRecords = 2_000
const manyRecords = 20_000

/** No two records have anything in common by which a revert would name them. */
function recordsFile(changes: number): string {
  const path = join(temporaryDirectory(), 'records.ndjson')
  const file = openSync(path, 'w')
  for (let number = 1; number <= changes; number += 1) {
    const record = aRecord({
      number,
      id: number,
      titleKeys: {
        whole: textKey(`title ${number}`),
        bare: textKey(`bare ${number}`),
        start: [1, 2, 3].map((start) => textKey(`${start} of ${number}`)),
      },
      commits: [aCommit({ sha: aSha(`first of ${number}`) })],
    })
    const merge = record.merge === null ? null : { ...record.merge, commit: aSha(`m ${number}`) }
    writeSync(file, `${formatRecord({ ...record, merge })}\n`)
  }
  closeSync(file)
  return path
}

/** Bytes kept of a line: where it is, and, to find what reverts it, by what the change may be named. */
test.each([
  ['of records', [], 200],
  ['of changes', ['--changes'], 900],
] as const)('an export %s keeps little of each line', async (_, args, bytes) => {
  const peakOf = (changes: number) => peak(['export', recordsFile(changes), ...args], {}, limited)
  const kept = ((manyRecords - someRecords) * bytes) / 1e6
  expect((await peakOf(manyRecords)) - (await peakOf(someRecords))).toBeLessThan(exportSlack + kept)
})

test('an export of a long history needs little more memory than one of a short one', async () => {
  const peakOf = (commits: number) => {
    const source = new TestRepository({ bare: true })
    source.commitMany(commits, (number) => message(number).replace('\n', ` (#${number})\n`))
    const keyFile = join(temporaryDirectory(), 'key')
    writeFileSync(keyFile, '0'.repeat(64), { mode: 0o600 })
    return peak(['export', source.directory, '--key-file', keyFile], source.environment, limited)
  }
  expect((await peakOf(manyRecords)) - (await peakOf(someRecords))).toBeLessThan(exportSlack)
})
