#!/usr/bin/env node
import { randomBytes } from 'node:crypto'
import { enableCompileCache } from 'node:module'
import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'

// JavaScript, so that Node need not load its TypeScript compiler for this one file: with the others' results kept, that
// halves the time to start.
enableCompileCache()
// Reading a large history makes much that is soon forgotten: left to itself V8 takes 200 MB more for it and gains nothing.
if (process.argv[2] === 'export' || process.argv[2] === 'report') {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=80')
}

const { runCommand } = await import('./run-command.ts')
const { userDirectory } = await import('./user-directory.ts')

process.exitCode = await runCommand(process.argv.slice(2), {
  directory: userDirectory(process.env, process.cwd()),
  environment: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  now: Date.now,
  sleep: (milliseconds) => setTimeout(milliseconds),
  randomBytes,
})
