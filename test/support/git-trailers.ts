import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { parseTrailers } from '../../src/provenance/trailers.ts'

/** A commit message with what git itself reads of it: one `key: value` line a trailer. */
export interface ReadByGit {
  readonly message: string
  readonly trailers: string
}

/** git's defaults, whatever the repository sets for itself. */
const defaults = [
  'core.commentChar=#',
  'trailer.separators=:',
  'i18n.logOutputEncoding=UTF-8',
  'log.showSignature=false',
].flatMap((setting) => ['-c', setting])

function startGit(directory: string, args: readonly string[]) {
  // A checkout may belong to another user (root in a container); reading its log is no risk.
  const trust = ['-c', `safe.directory=${directory}`]
  const child = spawn('git', ['-C', directory, ...trust, ...defaults, ...args], {
    env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1' },
  })
  const ended = endOf(child, `git ${args[0]} in ${directory}`)
  // Whoever is still reading the output hears of a failure there, and says so.
  ended.catch((error) => child.stdout.destroy(error))
  return { child, ended }
}

async function endOf(child: ChildProcessWithoutNullStreams, what: string): Promise<void> {
  const [[code], stderr] = await Promise.all([once(child, 'close'), text(child.stderr)])
  if (code !== 0) throw new Error(`${what} ended with ${code}: ${stderr.trim()}`)
}

async function runGit(directory: string, args: readonly string[], input = ''): Promise<void> {
  const { child, ended } = startGit(directory, args)
  // A pipe breaks when git stops early, and then git itself says why.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  await Promise.all([ended, text(child.stdout)])
}

/** Why the repository at `directory` has no history to compare, or undefined where it has one. */
export async function whyNoHistory(directory: string): Promise<string | undefined> {
  try {
    await runGit(directory, ['rev-parse', '--verify', 'HEAD'])
    return undefined
  } catch (error) {
    return String(error)
  }
}

/** Every commit that `revisions` reach, read by one git process. */
export async function* historyOf(
  directory: string,
  revisions: readonly string[],
): AsyncGenerator<ReadByGit> {
  const format = '--format=tformat:%B%x00%(trailers:only,unfold)'
  const { child, ended } = startGit(directory, ['log', '-z', format, ...revisions, '--'])
  child.stdin.on('error', () => undefined)
  child.stdin.end()
  let rest = Buffer.alloc(0)
  let message: string | undefined
  for await (const chunk of child.stdout) {
    const bytes = Buffer.concat([rest, chunk])
    let from = 0
    for (let nul = bytes.indexOf(0); nul !== -1; nul = bytes.indexOf(0, from)) {
      const part = bytes.toString('utf8', from, nul)
      from = nul + 1
      if (message === undefined) {
        message = part
      } else {
        yield { message, trailers: part }
        message = undefined
      }
    }
    rest = bytes.subarray(from)
  }
  await ended
}

/** Commits the messages, as they are, into a repository of their own and has git read their trailers. */
export async function readByGit(messages: readonly string[]): Promise<ReadByGit[]> {
  const directory = await mkdtemp(join(tmpdir(), 'what-shipped-trailers-'))
  try {
    await runGit(directory, ['init', '--quiet', '--bare', '--initial-branch=main'])
    const commits = messages.map((message) => {
      const length = Buffer.byteLength(message)
      return `commit refs/heads/main\ncommitter Dev <dev@example.com> 0 +0000\ndata ${length}\n${message}\n`
    })
    await runGit(directory, ['fast-import', '--quiet'], commits.join(''))
    const trailers: string[] = []
    for await (const commit of historyOf(directory, ['--reverse', 'main'])) {
      trailers.push(commit.trailers)
    }
    if (trailers.length !== messages.length) {
      throw new Error(`git log showed ${trailers.length} of ${messages.length} commits`)
    }
    return messages.map((message, index) => ({ message, trailers: trailers[index] ?? '' }))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** Says how `parseTrailers` and git differ over one message; undefined where they agree. */
export function difference({ message, trailers }: ReadByGit): string | undefined {
  const ours = parseTrailers(message)
    .map(({ key, value }) => `${key}: ${value}\n`)
    .join('')
  if (ours === trailers) return undefined
  return `${JSON.stringify(message)}\n  git:  ${JSON.stringify(trailers)}\n  ours: ${JSON.stringify(ours)}`
}

const trailerLines = fc
  .tuple(
    fc.constantFrom('Assisted-by', 'Co-Authored-By', 'signed-off-by', 'a', '-', '1', 'Conflicts'),
    fc.constantFrom(':', ': ', ' : ', '\t:', ':  ', ': \t', ':\r', ':\f', '=', '\f:', '\v: ', ' '),
    fc.constantFrom(
      'Claude',
      'Dev <dev@example.com>',
      '',
      'a: b',
      '🤖 é',
      'x \r',
      'y\t',
      '\f',
      '#',
    ),
  )
  .map((parts) => parts.join(''))

const gitLines = fc.constantFrom(
  'Signed-off-by: Dev <dev@example.com>',
  'Signed-off-by: ',
  'Signed-off-by:',
  'Signed-off-by : Dev',
  '(cherry picked from commit 0123abc)',
  '(cherry picked from commit ',
  '(cherry picked from commit\t',
)

const foldedLines = fc.constantFrom(
  '  more',
  '\tmore',
  '\rmore',
  ' Assisted-by: x',
  ' # x',
  '\t# x',
  ' \fx',
  '    Signed-off-by: Dev',
  '  ---',
)

const blankLines = fc.constantFrom(
  '',
  '',
  '',
  ' ',
  '\t',
  '\r',
  ' \t\r',
  '\f',
  '\v',
  '\u00a0',
  '\u2028',
)

const endLines = fc.constantFrom(
  '#',
  '# note',
  '#a: b',
  'Conflicts:',
  'Conflicts:',
  'Conflicts: ',
  'Conflicts:\r',
  'Conflicts',
  '\tsrc/a.ts',
  '\ta: b',
  '---',
  '--- a/file',
  '---------',
  '# ------------------------ >8 ------------------------',
  '# ------------------------ >8 ------------------------ ',
  '------------------------ >8 ------------------------',
)

const proseLines = fc.constantFrom(
  'Fix the frobnicator',
  'fix: typo',
  'Closes #1',
  'Fixes: #1',
  'https://example.com/x',
  'Fixes https://example.com/x',
  'AI_Model: x',
  'Clé: valeur',
  'Assisted‑by: x',
  'Assisted-by：x',
  '\ufeffAssisted-by: x',
  '- bullet',
  '- a: b',
  ': x',
  '> Assisted-by: x',
)

const soupLines = fc.string({
  unit: fc.constantFrom(
    ...['a', 'B', '7', '-', '_', ':', ':', '=', '#', '.', '(', ' ', '\t', '\r', '\f', '\v'],
    ...['\0', '\u0001', '\u007f', '\u0085', 'é', '，', '🤖'],
  ),
  maxLength: 8,
})

const anyLine = fc.oneof(
  { arbitrary: trailerLines, weight: 6 },
  { arbitrary: gitLines, weight: 2 },
  { arbitrary: foldedLines, weight: 3 },
  { arbitrary: blankLines, weight: 3 },
  { arbitrary: endLines, weight: 4 },
  { arbitrary: proseLines, weight: 2 },
  { arbitrary: soupLines, weight: 2 },
)

const lineEnds = fc.constantFrom('\n', '\n', '\n', '\n', '\n', '\n', '\n\n', '\n\n', '\r\n', '\r')

const paragraphs = fc
  .array(fc.tuple(anyLine, lineEnds), { maxLength: 14, size: 'max' })
  .map((lines) => lines.flat().join(''))

const openings = fc.constantFrom(
  ...['', '', 's\n\n', 's\n\n', 's\n\n', ' \n\ns\n\n', '\n# s\n\n', ' s\n\n'],
  ...['Conflicts:\n', 'Conflicts:\n \n', ' Conflicts:\n \n', 'Conflicts:\ns\n\r\n'],
  ' # ------------------------ >8 ------------------------\n\n',
)
const endings = fc.constantFrom(
  ...['', '', '\n', '\na: b', '\n\na: b\n', '\na: b\n\n\tsrc/a.ts\n', '\na: b\n\tb\n#\n\tc\n'],
  ...['\n \n\t\n', '\n#\n\n \n'],
)

/** Messages that end, fold, break, nearly match and mislead in every way that git's grammar knows. */
export const nastyMessage: fc.Arbitrary<string> = fc
  .tuple(openings, paragraphs, endings)
  .map((parts) => parts.join(''))
