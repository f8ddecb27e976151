/** Preloaded into a child process (`--import`): its clock goes on from the time of this variable, milliseconds since the epoch. */
const from = Number(process.env.TEST_CLOCK_FROM)
const realNow = Date.now
const startedAt = realNow()
Date.now = () => from + realNow() - startedAt
