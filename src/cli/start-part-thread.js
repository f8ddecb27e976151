import { enableCompileCache } from 'node:module'

// JavaScript, as the command's own start: a thread does not have the compiled modules of the one that starts it.
enableCompileCache()
await import('./part-thread.ts')
