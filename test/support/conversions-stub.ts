import { createServer, type IncomingMessage } from 'node:http'
import { madeUpPrivateKey } from './start-app.ts'

/** As much of GitHub as making an App of a manifest takes. */
export interface ConversionsStub {
  readonly address: string
  /** What it gave, by code; a code is good once. */
  readonly given: Map<string, { readonly pem: string; readonly webhookSecret: string }>
  /** The manifests that came by the form, as GitHub's page shows them. */
  readonly manifests: { readonly path: string; readonly manifest: unknown }[]
  /** Answers the next exchange with an error of its own. */
  failNext(status: number): void
  stop(): Promise<void>
}

const webhookSecret = '8c1fe0b2a94d6735e8f0aa9c41d7b3625efc8890'

export async function startConversionsStub(): Promise<ConversionsStub> {
  const given: ConversionsStub['given'] = new Map()
  const manifests: { path: string; manifest: unknown }[] = []
  const failures: number[] = []
  const server = createServer(async (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?')
    const body = await textOf(request)
    const code = /^\/app-manifests\/([^/]+)\/conversions$/.exec(path)?.[1]
    if (request.method === 'POST' && /\/settings\/apps\/new$/.test(path)) {
      const manifest: unknown = JSON.parse(new URLSearchParams(body).get('manifest') ?? 'null')
      manifests.push({ path, manifest })
      const { redirect_url: back } = manifest as { redirect_url: string }
      const state = new URLSearchParams(query).get('state')
      response.writeHead(302, { location: `${back}?code=code-${manifests.length}&state=${state}` })
      response.end()
      return
    }
    if (request.method !== 'POST' || code === undefined || given.has(code)) {
      response.writeHead(404, { 'content-type': 'application/json' })
      response.end('{"message":"Not Found"}')
      return
    }
    const failure = failures.shift()
    if (failure !== undefined) {
      response.writeHead(failure, { 'content-type': 'application/json' }).end('{"message":"No"}')
      return
    }
    const pem = madeUpPrivateKey()
    given.set(code, { pem, webhookSecret })
    response.writeHead(201, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({
        id: 4711,
        slug: 'what-shipped-at-acme',
        owner: { login: 'acme' },
        pem,
        webhook_secret: webhookSecret,
        client_id: 'Iv1.0123',
        client_secret: 'made-up-client-secret',
      }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The stub has no port')
  return {
    address: `http://127.0.0.1:${address.port}`,
    given,
    manifests,
    failNext: (status) => failures.push(status),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
