import { createServer } from 'node:http'

/** A page on loopback. */
export interface ServedPage {
  readonly address: string
  /** Paths that were asked for, in their order. */
  readonly requests: readonly string[]
  close(): Promise<void>
}

/** Serves one page under a content security policy, and 404 for everything else. */
export async function servePage(html: string, policy: string): Promise<ServedPage> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    const found = request.url === '/'
    response.writeHead(found ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      connection: 'close',
    })
    response.end(found ? html : '')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return {
    address: `http://127.0.0.1:${address.port}/`,
    requests,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)))
      }),
  }
}
