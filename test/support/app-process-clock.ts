/**
 * Preloaded into a process of the App (`--import`): its clock is that of the test, which moves it by a file (see `SharedClock`);
 * what it would wait for up to a second, since work may come from another process, it waits for a fifth of that.
 */
import { openSync, readSync } from 'node:fs'
import { flushCompileCache, syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers/promises'

const file = openSync(process.env.TEST_CLOCK_FILE ?? '', 'r')
const ahead = new Float64Array(1)
const realNow = Date.now
Date.now = () => {
  readSync(file, ahead, 0, ahead.byteLength, 0)
  return Math.floor(realNow() + (ahead[0] ?? 0))
}

const realTimer = timers.setTimeout
timers.setTimeout = (milliseconds = 1, value, options) =>
  realTimer(milliseconds > 1_000 ? milliseconds : milliseconds / 5, value, options)
syncBuiltinESMExports()

// Who is killed writes nothing at its end, and the next one would have to compile everything again.
setTimeout(flushCompileCache, 5_000).unref()
