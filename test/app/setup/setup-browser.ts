/** A form that is filled in well. */
export const form = {
  account: 'organisation',
  organisation: 'acme',
  name: "Acme's What Shipped",
  publicUrl: 'https://shipped.acme.example',
}

/** The first two steps, as a browser takes them: what GitHub's page gets, and the browser's cookie. */
export async function begin(
  app: { readonly address: string },
  fields: Record<string, string> = form,
) {
  const response = await fetch(`${app.address}/setup`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  const page = await response.text()
  const unescaped = (text = '') => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'")
  return {
    status: response.status,
    headers: response.headers,
    page,
    cookie: response.headers.get('set-cookie') ?? '',
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
export const comeBack = (address: string, cookie: string) =>
  fetch(address, { headers: { cookie: cookie.split(';', 1)[0] ?? '' } })
