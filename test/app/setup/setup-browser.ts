import { vi } from 'vitest'

/** A form that is filled in well. */
export const form = {
  account: 'organisation',
  organisation: 'acme',
  name: "Acme's What Shipped",
  publicUrl: 'https://shipped.acme.example',
}

/** An App that waits to be connected. */
export interface SetupApp {
  readonly address: string
  /** What its terminal shows until now. */
  said(): string
}

/** The address of the set-up page, with its key. */
export function shownAddress(app: Pick<SetupApp, 'said'>): Promise<string> {
  return vi.waitFor(
    () => {
      const [, address] = /: open (\S+) on this machine\n/.exec(app.said()) ?? []
      if (address === undefined) throw new Error(`no set-up page is shown: ${app.said()}`)
      return address
    },
    { timeout: 10_000 },
  )
}

/** The cookie of a browser that opened the address which the terminal shows. */
export async function enter(app: SetupApp): Promise<string> {
  const response = await fetch(await shownAddress(app), { redirect: 'manual' })
  return cookieOf(response)
}

/** The first two steps, as a browser takes them: what GitHub's page gets, and the browser's cookie. */
export async function begin(app: SetupApp, fields: Record<string, string> = form) {
  const keyCookie = await enter(app)
  const response = await fetch(`${app.address}/setup`, {
    method: 'POST',
    headers: { cookie: keyCookie },
    body: new URLSearchParams(fields),
  })
  const page = await response.text()
  const unescaped = (text = '') => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'")
  return {
    status: response.status,
    headers: response.headers,
    page,
    keyCookie,
    cookie: cookieOf(response),
    action: unescaped(
      /<form method="post" action="([^"]+)">\n<input type="hidden"/.exec(page)?.[1],
    ),
    manifest: unescaped(/name="manifest" value="([^"]*)"/.exec(page)?.[1]),
  }
}

/** The button on GitHub: the address that the browser is sent back to. */
export async function makeApp({ action, manifest }: { action: string; manifest: string }) {
  const response = await fetch(action, {
    method: 'POST',
    body: new URLSearchParams({ manifest }),
    redirect: 'manual',
  })
  return response.headers.get('location') ?? ''
}

/** The way back from GitHub. */
export const comeBack = (address: string, ...cookies: string[]) =>
  fetch(address, { headers: { cookie: cookies.join('; ') } })

function cookieOf({ headers }: Response): string {
  return headers.get('set-cookie')?.split(';', 1)[0] ?? ''
}
