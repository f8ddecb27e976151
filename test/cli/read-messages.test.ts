import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readMessages } from '../../src/cli/read-messages.ts'
import { temporaryDirectory } from '../support/git-repository.ts'
import { propertyRuns } from '../support/property-runs.ts'

async function messagesOf(input: Readable | string): Promise<string[]> {
  const messages: string[] = []
  for await (const batch of readMessages(input, 'the input')) {
    messages.push(...batch.map(({ message }) => message))
  }
  return messages
}

/** A stream that gives exactly these pieces. */
function stream(...pieces: readonly (string | Buffer)[]): Readable {
  return Readable.from(pieces.map((piece) => Buffer.from(piece)))
}

describe('messages are separated by NUL', () => {
  test.each<[string, string, readonly string[]]>([
    ['none', '', []],
    ['one', 'One\n\0', ['One\n']],
    ['the last without its NUL', 'One\n\0Two', ['One\n', 'Two']],
    ['empty ones', '\0One\0\0Two\0\0', ['', 'One', '', 'Two', '']],
    ['one empty one', '\0', ['']],
    ['line feeds behind the NUL', 'One\n\0\nTwo\n\0\n', ['One\n', '\nTwo\n']],
    ['carriage returns', 'One\r\n\r\nA: b\r\n\0\r\n', ['One\r\n\r\nA: b\r\n']],
    ['white space alone, behind no NUL', ' \n', []],
    ['white space alone, before a NUL', ' \n\0', [' \n']],
    ['a byte order mark', '\ufeffOne\0', ['\ufeffOne']],
  ])('%s', async (_, input, messages) => {
    expect(await messagesOf(stream(input))).toEqual(messages)
  })

  test('what is not UTF-8 becomes a replacement character', async () => {
    const input = Buffer.from('caf\xe9\0\xed\xa0\x80\0\xf0\x9f', 'latin1')
    expect(await messagesOf(stream(input))).toEqual(['caf\ufffd', '\ufffd'.repeat(3), '\ufffd'])
  })

  test('wherever the pieces of the input begin and end', async () => {
    const message = fc
      .string({ unit: 'binary', maxLength: 20 })
      .filter((text) => text.isWellFormed() && !text.includes('\0'))
    await fc.assert(
      fc.asyncProperty(
        fc.array(message),
        message.filter((text) => text.trim() !== ''),
        fc.array(fc.nat()),
        async (messages, last, places) => {
          const input = Buffer.from([...messages, last].join('\0'))
          const cuts = [0, ...places.map((place) => place % (input.length + 1)), input.length]
          const pieces = cuts
            .toSorted((one, other) => one - other)
            .map((cut, index, all) => input.subarray(cut, all[index + 1] ?? cut))
          expect(await messagesOf(stream(...pieces))).toEqual([...messages, last])
        },
      ),
      { numRuns: propertyRuns(300) },
    )
  })

  test('a stream of strings is read too', async () => {
    expect(await messagesOf(Readable.from(['Ein', 's ü\0Zw', 'ei']))).toEqual(['Eins ü', 'Zwei'])
  })
})

describe('a long message', () => {
  const mebibyte = Buffer.alloc(1024 * 1024, 'a')

  test('of 64 MiB is read', async () => {
    const [message, ...others] = await messagesOf(
      stream(...Array.from({ length: 64 }, () => mebibyte)),
    )
    expect(message?.length).toBe(64 * 1024 * 1024)
    expect(others).toEqual([])
  })

  test('that is longer is refused, once what was before it is read', async () => {
    const read: number[] = []
    const long = Array.from({ length: 64 }, () => mebibyte)
    const reading = async () => {
      const input = stream('One\0', ...long, 'a\0', 'Two')
      for await (const batch of readMessages(input, 'the input')) {
        read.push(...batch.map(({ message }) => message.length))
      }
    }
    await expect(reading()).rejects.toThrow(
      'a message in the input is longer than 64 MiB; put a NUL between messages, as "git log -z --format=%B" does',
    )
    expect(read).toEqual([3])
  })
})

describe('a file', () => {
  test('is read', async () => {
    const file = join(temporaryDirectory(), 'messages')
    writeFileSync(file, 'One\0Two')
    expect(await messagesOf(file)).toEqual(['One', 'Two'])
  })

  test('that cannot be read is named, with what to do', async () => {
    const directory = temporaryDirectory()
    const none = join(directory, 'no\nne')
    const folder = join(directory, 'folder')
    mkdirSync(folder)
    const failure = (file: string) => readMessages(file).next()
    await expect(failure(none)).rejects.toThrow(
      `${JSON.stringify(none)} does not exist; name a file of commit messages`,
    )
    await expect(failure(folder)).rejects.toThrow(
      `${JSON.stringify(folder)} is a directory; name a file of commit messages`,
    )
    await expect(failure(join(import.meta.filename, 'x'))).rejects.toThrow(
      /cannot be read \(ENOTDIR.*\)$/,
    )
  })

  // Root may read every file.
  test.skipIf(process.getuid?.() === 0)('without the right to read it', async () => {
    const file = join(temporaryDirectory(), 'messages')
    writeFileSync(file, 'One')
    chmodSync(file, 0)
    await expect(readMessages(file).next()).rejects.toThrow(
      'may not be read by you; ask its owner for the right to read it',
    )
  })
})

test('a stream that breaks is named, with the cause', async () => {
  const cause = Object.assign(new Error('permission denied, read'), { code: 'EACCES' })
  const broken = async function* () {
    yield Buffer.from('One\0')
    throw cause
  }
  const messages = readMessages(Readable.from(broken()), 'standard input')
  expect((await messages.next()).value).toEqual([{ message: 'One' }])
  await expect(messages.next()).rejects.toMatchObject({
    message: expect.stringContaining('standard input may not be read by you'),
    cause,
  })
})
