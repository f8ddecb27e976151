import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import { json, problem, type Reply } from './exchange.ts'
import type { FaultResponse, GraphqlFault, ScriptedFault } from './faults.ts'

/** How a reply goes out. `cut` stops after half the body: then the connection closes, or nothing more happens. */
export type Delivery =
  | { readonly how: 'whole' | 'cut-closing' | 'cut-stalling'; readonly reply: Reply }
  | { readonly how: 'reset' | 'silence'; readonly reply?: undefined }

/** What becomes of a request under a fault. `answer` handles it; it is called at most once. */
export async function planDelivery(
  scripted: ScriptedFault | undefined,
  answer: () => Reply,
): Promise<Delivery> {
  const respond = scripted?.fault.respond
  if (scripted === undefined || respond === undefined) return { how: 'whole', reply: answer() }
  switch (respond.kind) {
    case 'status':
      if (respond.handled === true) answer()
      return { how: 'whole', reply: statusReply(respond) }
    case 'html':
      return { how: 'whole', reply: htmlReply(respond) }
    case 'truncated-json':
      return { how: 'whole', reply: truncate(answer()) }
    case 'cut-body':
      return { how: 'cut-closing', reply: answer() }
    case 'stalled-body':
      return { how: 'cut-stalling', reply: answer() }
    case 'reset':
    case 'silence':
      if (respond.handled === true) answer()
      return { how: respond.kind }
    case 'hold':
      await Promise.race(
        respond.until === undefined ? [scripted.released] : [scripted.released, respond.until],
      )
      return { how: 'whole', reply: answer() }
    case 'graphql-errors':
      return { how: 'whole', reply: graphqlErrors(respond, answer) }
    case 'alter':
      return { how: 'whole', reply: respond.alter(answer()) }
  }
}

type Kind<K extends FaultResponse['kind']> = Extract<FaultResponse, { readonly kind: K }>

function statusReply({ status, headers = {}, body }: Kind<'status'>): Reply {
  return body === undefined
    ? problem(status, STATUS_CODES[status] ?? 'Error', { headers })
    : { status, headers, body }
}

function htmlReply({ status = 200, body }: Kind<'html'>): Reply {
  const page = '<!DOCTYPE html>\n<title>Server error</title>\n<p>Something went wrong.</p>\n'
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: body ?? page }
}

function truncate(reply: Reply): Reply {
  const text = encodeBody(reply)
  return { ...reply, body: text.slice(0, Math.floor(text.length / 2)) }
}

function graphqlErrors(
  { errors, data, headers = {} }: Kind<'graphql-errors'>,
  answer: () => Reply,
): Reply {
  if (data === 'none') return json(200, { errors }, headers)
  const reply = answer()
  const body = structuredClone(reply.body) as { data?: unknown; errors?: unknown[] }
  for (const { path } of errors) blank(body.data, path)
  const all = [...(body.errors ?? []), ...errors]
  return { ...reply, headers: { ...reply.headers, ...headers }, body: { ...body, errors: all } }
}

/** Puts null at the path, where the data has it. */
function blank(data: unknown, path: GraphqlFault['path'] = []): void {
  const last = path.at(-1)
  let parent: unknown = data
  for (const key of path.slice(0, -1)) parent = isRecord(parent) ? parent[key] : undefined
  if (last !== undefined && isRecord(parent)) parent[last] = null
}

function isRecord(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null
}

/** Writes it out. Settles when all that will be sent is sent, or when there is nobody left to send it to. */
export async function send(
  { how, reply }: Delivery,
  { socket }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (how === 'reset') socket.resetAndDestroy()
  if (reply === undefined || response.destroyed) return
  const bytes = Buffer.from(encodeBody(reply))
  response.writeHead(reply.status, {
    ...(reply.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...reply.headers,
    ...(reply.status === 304 ? {} : { 'content-length': bytes.length }),
  })
  await new Promise<void>((resolve) => {
    response.once('close', resolve)
    if (how === 'whole') response.end(bytes, resolve)
    else response.write(bytes.subarray(0, bytes.length / 2), () => resolve())
  })
  if (how === 'cut-closing') socket.destroy()
}

function encodeBody({ body }: Reply): string {
  if (body === undefined) return ''
  return typeof body === 'string' ? body : JSON.stringify(body)
}
