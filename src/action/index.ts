import * as z from 'zod'
import { run } from './run.ts'

// A run parses each schema once or twice: compiling parsers first would cost more than it saves.
z.config({ jitless: true })

await run(process.env)
