#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

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
})
