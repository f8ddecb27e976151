import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { devNull } from 'node:os'
import { PassThrough, pipeline } from 'node:stream'
import { GitError, quotable } from './git-error.ts'

/** Variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Where git runs, and with which environment: PATH finds git, HOME its user's configuration. */
export interface GitLocation {
  /** Absolute path of a directory in the clone, or of a bare clone. */
  readonly directory: string
  readonly environment: Environment
}

/** When to stop waiting for git. */
export interface GitLimits {
  /** Milliseconds without output after which git is given up, while its output is waited for. Default 120,000. */
  readonly inactivityMs?: number
  readonly signal?: AbortSignal
}

/** What a git reads, and how far it may be ahead of its reader. */
export interface GitStreams {
  /** For its standard input. */
  readonly input?: string
  /** Bytes of its output that are taken before anybody reads them; the system's pipe and Node hold 100 kB. */
  readonly ahead?: number
}

const DEFAULT_INACTIVITY_MS = 120_000
const MAX_STDERR = 8 * 1024

/**
 * A clone's own configuration is untrusted: it may name programs to run (pager, monitor, hooks, signature checker) and
 * remotes to fetch missing objects from. These settings outrank it; the environment below closes what settings cannot.
 */
const OVERRIDES = [
  'advice.graftFileDeprecated=false',
  'core.fsmonitor=false',
  `core.hooksPath=${devNull}`,
  'core.useReplaceRefs=false',
  'log.follow=false',
  'log.mailmap=false',
  'log.showSignature=false',
  'protocol.allow=never',
].flatMap((setting) => ['-c', setting])

/** Of the caller's GIT_ variables only these are passed on; GIT_DIR and its like would read another repository. */
const KEPT = /^GIT_(?:CONFIG|EXEC_PATH$|CEILING_DIRECTORIES$|DISCOVERY_ACROSS_FILESYSTEM$)/

const IMPOSED: Environment = {
  LC_ALL: 'C',
  // `protocol.<name>.allow` in the clone would outrank `protocol.allow`; nothing outranks this list.
  GIT_ALLOW_PROTOCOL: 'none',
  // Or git log flushes after each commit: over three times as many writes and reads, measured on git's own history.
  GIT_FLUSH: '0',
  GIT_GRAFT_FILE: devNull,
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
}

function gitEnvironment(environment: Environment): Environment {
  const passed = Object.entries(environment).filter(
    ([name]) => !name.startsWith('GIT_') || KEPT.test(name),
  )
  return { ...Object.fromEntries(passed), ...IMPOSED }
}

/**
 * Runs git and streams what it writes to stdout, at the reader's pace. git is killed, and waited for, when the reader
 * stops early, when `signal` aborts (its reason is thrown) and when git stays silent for too long.
 *
 * @throws GitError `no-git`, `silent`, or `failed` with the first line of stderr when git exits with another status
 * than 0, also after output.
 */
export async function* streamGit(
  location: GitLocation,
  args: readonly string[],
  { inactivityMs = DEFAULT_INACTIVITY_MS, signal }: GitLimits = {},
  { input = '', ahead }: GitStreams = {},
): AsyncGenerator<Buffer, void, undefined> {
  signal?.throwIfAborted()
  const child = spawn('git', ['--no-pager', ...OVERRIDES, '-C', location.directory, ...args], {
    env: gitEnvironment(location.environment),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  })
  // A git that fails early does not read its input; its exit tells.
  child.stdin.on('error', () => {}).end(input)
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  try {
    await once(child, 'spawn')
  } catch (cause) {
    throw cannotStart(cause)
  }

  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(0, MAX_STDERR)
  })
  const output =
    ahead === undefined
      ? child.stdout
      : pipeline(child.stdout, new PassThrough({ highWaterMark: ahead }), () => {})
  let waiting = true
  let silent = false
  // The pipes are closed too: a process that git started could hold them open.
  const stop = () => {
    child.kill('SIGKILL')
    child.stdout.destroy()
    child.stderr.destroy()
  }
  const timer = setTimeout(() => {
    silent = waiting
    if (silent) stop()
  }, inactivityMs)
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  try {
    for await (const chunk of output) {
      waiting = false
      yield chunk
      waiting = true
      timer.refresh()
    }
    await closed
  } catch (error) {
    signal?.throwIfAborted()
    if (!silent) throw error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
    stop()
    await closed
  }
  signal?.throwIfAborted()
  if (silent) {
    throw new GitError(
      'silent',
      `git wrote nothing for ${inactivityMs / 1000} s and was stopped; check the disk that holds the clone and try again`,
      { stderr },
    )
  }
  if (child.exitCode !== 0) throw failure(args, child.exitCode ?? child.signalCode, stderr)
}

const MAX_COLLECTED = 1024 * 1024

/** Runs git for a short answer: all of stdout as UTF-8. Throws as `streamGit` does. */
export async function runGit(
  location: GitLocation,
  args: readonly string[],
  limits: GitLimits = {},
): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of streamGit(location, args, limits)) {
    length += chunk.length
    if (length > MAX_COLLECTED) {
      throw new GitError(
        'too-large',
        `git ${args[0]} answered more than 1 MiB where a few lines are due`,
      )
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function cannotStart(cause: unknown): GitError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ENOENT') {
    return new GitError('no-git', 'git was not found on the PATH; install git 2.30 or later', {
      cause,
    })
  }
  return new GitError('no-git', `git could not be started (${String(code ?? cause)})`, { cause })
}

function failure(
  args: readonly string[],
  status: number | string | null,
  stderr: string,
): GitError {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '')
  const line = lines.find((text) => /^(?:fatal|error): /.test(text)) ?? lines[0]
  const said = line === undefined ? '' : `: ${quotable(line.replace(/^(?:fatal|error): /, ''))}`
  return new GitError('failed', `git ${args[0]} ended with ${status}${said}`, { stderr })
}
