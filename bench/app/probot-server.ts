import { pino } from 'pino'
import { Probot, Server } from 'probot'

/** Probot's own server in a process of its own: it verifies a delivery, keeps nothing of it, and answers. */
const { PORT, WEBHOOK_SECRET = '', PRIVATE_KEY = '' } = process.env
const log = pino({ level: 'silent' })
const server = new Server({
  host: '127.0.0.1',
  port: Number(PORT),
  log,
  Probot: Probot.defaults({ appId: 7, privateKey: PRIVATE_KEY, secret: WEBHOOK_SECRET, log }),
})
await server.load((probot) => {
  probot.on('pull_request', () => {})
})
await server.start()
process.stdout.write(`{"message":"listening","port":${PORT}}\n`)
