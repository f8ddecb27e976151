import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { setTimeout as wait } from 'node:timers/promises'
import { describeError } from './describe-error.ts'

// What was compiled is kept for the next start.
enableCompileCache()
// Databases, their logs and credentials are for this user alone.
process.umask(0o077)

const stop = new AbortController()
/** Milliseconds in which a terminal and npm tell the same thing one after the other. */
const sameWord = 1_000
let toldAt = 0
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    // Whoever says it twice does not want to wait.
    if (stop.signal.aborted && Date.now() - toldAt > sameWord) process.exit(1)
    toldAt = Date.now()
    stop.abort()
  })
}

// Node would print the message, and with it whatever it quotes.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${JSON.stringify({ message: 'crashed', error: describeError(error) })}\n`)
  process.exit(1)
})

const { runApp } = await import('./run-app.ts')
process.exitCode = await runApp({
  args: process.argv.slice(2),
  environment: process.env,
  directory: process.cwd(),
  readFile: (path) => {
    const mode = statSync(path, { throwIfNoEntry: false })?.mode
    if (mode === undefined) return undefined
    const openToOthers = process.platform !== 'win32' && (mode & 0o077) !== 0
    return { text: readFileSync(path, 'utf8'), openToOthers }
  },
  surroundings: {
    now: Date.now,
    sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
    random: Math.random,
    randomBytes,
    fetch,
  },
  signal: stop.signal,
  print: (text) => process.stdout.write(text),
  say: (line) => process.stderr.write(`${line}\n`),
})
