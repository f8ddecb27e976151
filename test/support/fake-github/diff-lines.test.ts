import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../git-repository.ts'
import { diffLines } from './diff-lines.ts'

const twenty = Array.from({ length: 20 }, (_, index) => `line ${index}`)
const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')

test.each<[string, string, string]>([
  ['a line in the middle', text(twenty), text(twenty.with(9, 'other'))],
  ['far apart', text(twenty), text(twenty.with(1, 'one').with(18, 'two'))],
  ['near each other', text(twenty), text(twenty.with(8, 'one').with(12, 'two'))],
  ['more at the end', text(twenty), text([...twenty, 'more', 'and more'])],
  ['less at the start', text(twenty), text(twenty.slice(2))],
  ['a new file', '', text(['one', 'two'])],
  ['one line', text(['one']), text(['two'])],
  ['a file that is gone', text(['one', 'two']), ''],
])('%s is told as git tells it', (_, before, after) => {
  expect(diffLines(before, after)).toBe(gitDiff(before, after))
})

test('the same is nothing', () => {
  expect(diffLines(text(twenty), text(twenty))).toBe('')
})

/** Git's hunks, without what it finds of the function that they are in. */
function gitDiff(before: string, after: string): string {
  const directory = temporaryDirectory()
  writeFileSync(join(directory, 'before'), before)
  writeFileSync(join(directory, 'after'), after)
  // A status of 1 says that they differ.
  const shell = 'git diff --no-index --no-color before after || test $? = 1'
  const patch = execFileSync('sh', ['-c', shell], { cwd: directory, encoding: 'utf8' })
  return patch
    .slice(patch.indexOf('@@'))
    .trimEnd()
    .replace(/^(@@ [^@]+ @@).*$/gm, '$1')
}
