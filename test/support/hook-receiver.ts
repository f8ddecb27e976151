import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { App } from './fake-github/index.ts'

/** A delivery as it arrived. */
export interface Arrived {
  readonly guid: string
  readonly event: string
  readonly payload: Readonly<Record<string, unknown>>
  /** Whether its signature is the one of its body under the App's secret. */
  readonly signed: boolean
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** A hook that takes all deliveries of an App: what a test of the fake looks at in the place of the App. */
export async function receiveHooks(
  app: App,
  answer: () => number = () => 202,
): Promise<readonly Arrived[]> {
  const arrived: Arrived[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const digest = createHmac('sha256', app.webhookSecret ?? '')
      .update(body)
      .digest('hex')
    const { headers } = request
    arrived.push({
      guid: String(headers['x-github-delivery']),
      event: String(headers['x-github-event']),
      payload: JSON.parse(body.toString()),
      signed: headers['x-hub-signature-256'] === `sha256=${digest}`,
      headers,
    })
    response.writeHead(answer()).end()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => {
      server.close(resolve)
    })
  })
  const { port } = server.address() as AddressInfo
  app.hookUrl = `http://127.0.0.1:${port}/hook`
  return arrived
}
