import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findTarget, replaceFile } from '../../src/cli/replace-file.ts'
import { temporaryDirectory } from '../support/git-repository.ts'

/** Root may write everywhere. */
const isRoot = process.getuid?.() === 0

async function replace(path: string, text: string): Promise<void> {
  await replaceFile(await findTarget(path), text)
}

describe('a file that is there', () => {
  test.each([0o600, 0o640, 0o666, 0o777])('keeps its rights: %o', async (mode) => {
    const path = join(temporaryDirectory(), 'report.html')
    writeFileSync(path, 'old')
    chmodSync(path, mode)
    await replace(path, 'new')
    expect(readFileSync(path, 'utf8')).toBe('new')
    expect(statSync(path).mode & 0o777).toBe(mode)
  })

  test('is found behind a link, and stays as it is where another cannot take its place', async () => {
    const folder = temporaryDirectory()
    const [file, link] = [join(folder, 'report.html'), join(folder, 'link.html')]
    writeFileSync(file, 'old')
    symlinkSync(file, link)
    const target = await findTarget(link)
    expect(target.path).toBe(file)
    const taken = join(folder, 'folder')
    mkdirSync(join(taken, 'full'), { recursive: true })
    await expect(replaceFile({ ...target, path: taken }, 'new')).rejects.toThrow(
      /folder" cannot be written \(.*\); name another file with --out$/,
    )
    expect(readdirSync(folder).toSorted()).toEqual(['folder', 'link.html', 'report.html'])
    expect(readFileSync(file, 'utf8')).toBe('old')
  })
})

test('a new file gets the rights that are usual here', async () => {
  const folder = temporaryDirectory()
  await replace(join(folder, 'report.html'), 'new')
  writeFileSync(join(folder, 'other'), '')
  const mode = (name: string) => statSync(join(folder, name)).mode & 0o777
  expect(mode('report.html')).toBe(mode('other'))
})

describe.skipIf(isRoot)('a folder in which nothing may be written is refused at once', () => {
  test.each(['is new', 'is there'])('the file %s', async (which) => {
    const folder = join(temporaryDirectory(), 'folder')
    mkdirSync(folder)
    const path = join(folder, 'report.html')
    if (which === 'is there') writeFileSync(path, 'old')
    chmodSync(folder, 0o500)
    await expect(findTarget(path)).rejects.toThrow(
      `${JSON.stringify(path)} cannot be written (you have no right to it); name another file with --out`,
    )
    chmodSync(folder, 0o700)
  })
})
