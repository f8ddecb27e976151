import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { defaultKeyFile, readKeyFile } from '../../src/cli/key-file.ts'
import { temporaryDirectory } from '../support/git-repository.ts'
import { root } from '../support/repository.ts'

const keyFileModule = join(root, 'src', 'cli', 'key-file.ts')
const random = (count: number) => Uint8Array.from({ length: count }, (_, index) => index + 160)
const key = 'a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf'

async function read(path: string) {
  const said: string[] = []
  const { bytes, keep } = await readKeyFile(path, random, (message) => said.push(message))
  return { key: Buffer.from(bytes).toString('hex'), said, keep }
}

/** As an export whose source is there does. */
async function readAndKeep(path: string) {
  const { key, said, keep } = await read(path)
  await keep()
  return { key, said }
}

/** Root may read and write everything. */
const isRoot = process.getuid?.() === 0

describe('a key that is missing', () => {
  test('is made for its owner alone, and told', async () => {
    const path = join(temporaryDirectory(), 'made', 'people.key')
    expect(await readAndKeep(path)).toEqual({
      key,
      said: [
        `made the key ${path}, by which records tell people apart: keep it secret, and keep it`,
      ],
    })
    expect(readFileSync(path, 'utf8')).toBe(`${key}\n`)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700)
  })

  test('is read the next time, and nothing is said', async () => {
    const path = join(temporaryDirectory(), 'people.key')
    await readAndKeep(path)
    expect(await readAndKeep(path)).toEqual({ key, said: [] })
  })

  test('is not made before anything was made with it', async () => {
    const path = join(temporaryDirectory(), 'made', 'people.key')
    expect(await read(path)).toMatchObject({ key, said: [] })
    expect(existsSync(join(path, '..'))).toBe(false)
  })

  test('is kept once, however often that is asked for', async () => {
    const path = join(temporaryDirectory(), 'people.key')
    const { keep, said } = await read(path)
    await keep()
    await keep()
    expect(said).toHaveLength(1)
    expect(readdirSync(join(path, '..'))).toEqual(['people.key'])
  })

  test('and that another export makes meanwhile is not written over', async () => {
    const path = join(temporaryDirectory(), 'people.key')
    const { keep } = await read(path)
    writeFileSync(path, 'ab'.repeat(32), { mode: 0o600 })
    await expect(keep()).rejects.toThrow(
      `another export made the key ${path} meanwhile; run this one again`,
    )
    expect(await readAndKeep(path)).toEqual({ key: 'ab'.repeat(32), said: [] })
    expect(readdirSync(join(path, '..'))).toEqual(['people.key'])
  })

  // A limit on the size of files stands for a full disk.
  test.skipIf(process.platform === 'win32')('leaves nothing where it cannot be written', () => {
    const home = temporaryDirectory()
    const program = `
      import { readKeyFile } from ${JSON.stringify(pathToFileURL(keyFileModule).href)}
      const { keep } = await readKeyFile('people.key', (count) => new Uint8Array(count), () => {})
      await keep().catch((error) => process.stderr.write(error.message))`
    const command = 'ulimit -f 0; exec "$0" --input-type=module --eval "$1"'
    const { stderr } = spawnSync('sh', ['-c', command, process.execPath, program], {
      cwd: home,
      encoding: 'utf8',
    })
    expect(stderr).toMatch(
      /^the key people\.key could not be made \(.*\); name another --key-file$/,
    )
    expect(readdirSync(home)).toEqual([])
  })
})

describe('a key of the owner', () => {
  test.each([
    ['lower case', 'ab'.repeat(32)],
    ['upper case and longer', `${'AB'.repeat(40)}\r\n`],
  ])('%s', async (_, content) => {
    const path = join(temporaryDirectory(), 'own.key')
    writeFileSync(path, content, { mode: 0o400 })
    expect(await readAndKeep(path)).toEqual({ key: content.trim().toLowerCase(), said: [] })
  })

  test.each([0o640, 0o604, 0o666])(
    'that others may read is used, with a warning: %o',
    async (mode) => {
      const path = join(temporaryDirectory(), 'own.key')
      writeFileSync(path, key)
      chmodSync(path, mode)
      expect(await readAndKeep(path)).toEqual({
        key,
        said: [`the key ${path} can be read by others; run: chmod 600 ${path}`],
      })
    },
  )
})

describe('what is no key is refused, and not shown', () => {
  test.each([
    ['empty', '', 'is not made of hexadecimal digits'],
    ['too short', 'ab'.repeat(31), 'is too short'],
    ['half a byte', `${'ab'.repeat(40)}a`, 'is not made of hexadecimal digits'],
    ['other text', 'correct horse battery staple '.repeat(4), 'is not made of hexadecimal digits'],
    ['too long', 'ab'.repeat(4_000), 'is not made of hexadecimal digits'],
  ])('%s', async (_, content, problem) => {
    const path = join(temporaryDirectory(), 'own.key')
    writeFileSync(path, content, { mode: 0o600 })
    const failure = await read(path).catch((error: unknown) => String(error))
    expect(failure).toContain(`the key ${path} ${problem}; name a --key-file with 64 of them`)
    expect(failure).not.toMatch(/abab|horse/)
  })

  test('a directory', async () => {
    const path = join(temporaryDirectory(), 'folder')
    mkdirSync(path)
    await expect(read(path)).rejects.toThrow(
      `the key ${path} cannot be read (it is a directory); name another --key-file`,
    )
  })

  test.skipIf(isRoot)('a file that may not be read', async () => {
    const path = join(temporaryDirectory(), 'own.key')
    writeFileSync(path, key, { mode: 0o000 })
    await expect(read(path)).rejects.toThrow(
      `the key ${path} cannot be read (you have no right to it); name another --key-file`,
    )
  })

  test('a place below a file', async () => {
    const file = join(temporaryDirectory(), 'file')
    writeFileSync(file, '')
    const path = join(file, 'people.key')
    await expect(read(path)).rejects.toThrow(`the key ${path} cannot be read (`)
  })

  // Where nothing can be made, `mkdir` of Node's own goes on for ever.
  test.skipIf(!existsSync('/proc/self'))('a place in which nothing can be made', async () => {
    const { keep } = await read('/proc/nowhere/at/all/people.key')
    await expect(keep()).rejects.toThrow('could not be made (ENOENT')
  })

  test.skipIf(isRoot)('a place in which nothing may be made', async () => {
    const folder = join(temporaryDirectory(), 'folder')
    mkdirSync(folder, { mode: 0o500 })
    const path = join(folder, 'people.key')
    const { keep } = await read(path)
    await expect(keep()).rejects.toThrow(`the key ${path} could not be made (`)
  })
})

describe('without --key-file', () => {
  test.each([
    [{ HOME: '/srv/dev' }, '/srv/dev/.config/what-shipped/people.key'],
    [{ HOME: '/srv/dev', XDG_CONFIG_HOME: '/etc/dev' }, '/etc/dev/what-shipped/people.key'],
    [{ HOME: '/srv/dev', XDG_CONFIG_HOME: 'here' }, '/srv/dev/.config/what-shipped/people.key'],
  ])('%j', (environment, path) => {
    expect(defaultKeyFile(environment)).toBe(path)
  })

  test('a user without a home is asked for one', () => {
    expect(() => defaultKeyFile({ HOME: '' })).toThrow(/name a --key-file$/)
  })
})
