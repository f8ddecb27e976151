import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lines } from '../support/ai-marks.ts'
import { parseLines } from '../support/assessment-line.ts'
import { temporaryDirectory } from '../support/git-repository.ts'
import { runCli } from '../support/run-cli.ts'

/** Runs `assess --messages -` on the pieces, expects it to succeed without a word, and gives its lines. */
async function assess(...input: readonly (string | Buffer)[]) {
  const { status, stdout, stderr } = await runCli(['assess', '--messages', '-'], { input })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return parseLines(stdout)
}

const answers = (assessments: Awaited<ReturnType<typeof assess>>) =>
  assessments.map(({ assistance }) => assistance)

describe('messages from standard input', () => {
  test('give a line each, in their order and without an id', async () => {
    const [first, ...others] = await assess(
      `One\n\n${lines.none}\n\0Two\n\0\0Three\r\n\r\n${lines.claude}\r\n\0Four\n\n${lines.assisted}`,
    )
    expect(first).toEqual({
      assistance: 'unassisted',
      agentAuthored: false,
      tier: 'E3',
      tools: [],
      evidence: [
        {
          tool: 'ai-assistance',
          mark: expect.stringMatching(/^ai-assistance\//),
          tier: 'E3',
          claim: 'unassisted',
          where: { in: 'message', line: 3 },
          text: lines.none,
        },
      ],
      trailers: [{ key: 'AI-Assistance', value: 'none' }],
      reason: 'a person declared that no AI was used',
      registry: expect.any(String),
    })
    expect(answers(others)).toEqual(['undeclared', 'undeclared', 'assisted', 'assisted'])
  })

  test('none give no line', async () => {
    expect(await assess()).toEqual([])
  })

  test('are whole, where a piece ends inside a character', async () => {
    const bytes = Buffer.from('Grüße 🚢\n\nSchiff: 🚢🚢\n')
    const cut = bytes.lastIndexOf(0x9f)
    const [line] = await assess(bytes.subarray(0, 3), bytes.subarray(3, cut), bytes.subarray(cut))
    expect(line?.trailers).toEqual([{ key: 'Schiff', value: '🚢🚢' }])
  })

  test('may hold what is not UTF-8', async () => {
    const [line] = await assess(Buffer.from(`caf\xe9\n\n${lines.claude}\nA: \xff`, 'latin1'))
    expect(line).toMatchObject({
      assistance: 'assisted',
      trailers: [{ key: 'Co-Authored-By' }, { key: 'A', value: '\ufffd' }],
    })
  })

  test('may be long', async () => {
    const line = 'This line says nothing of how it was made.\n'
    const long = `Long\n\n${line.repeat(5_000_000 / line.length)}\n${lines.claude}\n`
    expect(answers(await assess(`${long}\0${long}`, '\0Two'))).toEqual([
      'assisted',
      'assisted',
      'undeclared',
    ])
  })
})

describe('messages from a file', () => {
  const write = () => {
    const directory = temporaryDirectory()
    mkdirSync(join(directory, 'inside'))
    writeFileSync(join(directory, 'messages'), `One\n\n${lines.claude}\n\0Two\n`)
    return directory
  }

  test('are read, from where the user is', async () => {
    const directory = write()
    for (const [file, from] of [
      [join(directory, 'messages'), directory],
      ['messages', directory],
      ['../messages', join(directory, 'inside')],
    ] as const) {
      const { stdout, stderr } = await runCli(['assess', '--messages', file], { directory: from })
      expect(stderr).toBe('')
      expect(answers(parseLines(stdout))).toEqual(['assisted', 'undeclared'])
    }
  })

  test.each<[string, RegExp]>([
    ['none', /^what-shipped: "[^"]*none" does not exist; name a file of commit messages\n$/],
    ['inside', /^what-shipped: "[^"]*inside" is a directory; name a file of commit messages\n$/],
    ['messages/x', /^what-shipped: "[^"]*" cannot be read \(ENOTDIR[^\n]*\n$/],
  ])('%s cannot be read, and one line says so', async (file, line) => {
    const { status, stdout, stderr } = await runCli(['assess', '--messages', file], {
      directory: write(),
    })
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(line)
  })
})
