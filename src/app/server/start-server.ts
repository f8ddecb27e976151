import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type Ingress, reply, webhookPath } from '../ingress/index.ts'
import type { Log } from '../log.ts'

/** How long a connection may take, milliseconds. */
export interface ServerTimes {
  /** From the first byte to the end of the headers. */
  readonly headers: number
  /** From the first byte to the end of the body. The ingress and the forms end theirs sooner. */
  readonly request: number
  /** Between two requests. */
  readonly idle: number
  /** How often the first two are looked at. */
  readonly check: number
  /** For requests that are being answered when the server is told to stop. */
  readonly stop: number
}

/**
 * Under the ten seconds in which a stalled sender must be gone (RELIABILITY.md, I10), and in which a container must stop.
 */
const serverTimes: ServerTimes = {
  headers: 5_000,
  request: 8_500,
  idle: 5_000,
  check: 500,
  stop: 5_000,
}

/** More open connections than this are refused; each can hold a small body and its headers. */
const maximumConnections = 1_024

export interface ServerOptions {
  readonly host: string
  readonly port: number
  /** Undefined: this process takes no deliveries. */
  readonly ingress: Ingress | undefined
  /** Everything that is not for the ingress. */
  readonly pages: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>
  readonly log: Log
  readonly times?: Partial<ServerTimes>
}

/** A server that listens. */
export interface RunningServer {
  readonly host: string
  readonly port: number
  /**
   * Takes no more connections, answers what it has begun to answer, and refuses with 503 what still comes over open
   * connections. Resolves once nothing is left.
   */
  stop(): Promise<void>
}

/** Starts the one server of the App: the ingress first, then the pages. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { ingress, pages, log } = options
  const times = { ...serverTimes, ...options.times }
  const answering = new Set<ServerResponse>()
  const connections = new Set<Socket>()
  let stopping = false

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    answering.add(response)
    response.once('close', () => answering.delete(response))
    try {
      if (stopping) {
        response.setHeader('connection', 'close')
        await reply(request, response, 503, 0)
      } else if (ingress !== undefined && pathOf(request) === webhookPath) {
        await ingress(request, response)
      } else {
        if (request.headers.expect !== undefined) response.writeContinue()
        await pages(request, response)
      }
    } catch (error) {
      log.error('request-failed', { error })
      response.destroy()
    }
  }
  const server = createServer({
    headersTimeout: times.headers,
    requestTimeout: times.request,
    keepAliveTimeout: times.idle,
    connectionsCheckingInterval: times.check,
  })
  server.maxConnections = maximumConnections
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    void handle(request, response)
  }
  // Without the second one, Node asks for every announced body itself, whatever its headers say.
  server.on('request', onRequest).on('checkContinue', onRequest)
  server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  const address = await listen(server, options)
  return {
    ...address,
    stop: async () => {
      stopping = true
      for (const response of answering) {
        if (!response.headersSent) response.setHeader('connection', 'close')
      }
      // Node takes one over which nothing has come yet for busy.
      for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
      await close(server, times.stop)
    },
  }
}

/** Without the query, and undecoded: there is one way to write it. */
function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? ''
}

function listen(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<{ host: string; port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(new Error(`cannot listen on ${host}, port ${port}`, { cause: error }))
    })
    server.listen(port, host, () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('no TCP address'))
      else resolve({ host, port: address.port })
    })
  })
}

function close(server: Server, patience: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), patience)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
