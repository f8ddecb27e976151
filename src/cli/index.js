#!/usr/bin/env node
import { randomBytes } from 'node:crypto'
import { enableCompileCache } from 'node:module'
import { setTimeout } from 'node:timers/promises'

// JavaScript, so that Node need not load its TypeScript compiler for this one file: with the others' results kept, that
// halves the time to start.
enableCompileCache()

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
