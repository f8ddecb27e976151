#!/usr/bin/env node
import { runCommand } from './run-command.ts'
import { userDirectory } from './user-directory.ts'

process.exitCode = await runCommand(process.argv.slice(2), {
  directory: userDirectory(process.env, process.cwd()),
  environment: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
})
