import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { handledEvents, webhookPath } from '../../../src/app/ingress/index.ts'
import { appManifest, readManifestTemplate } from '../../../src/app/setup/app-manifest.ts'
import { readText } from '../../support/repository.ts'

test('the manifest is app.yml with the addresses of this server', async () => {
  const file: Record<string, unknown> = parse(readText('app.yml'))
  const manifest = appManifest(await readManifestTemplate(), {
    name: "Acme's What Shipped",
    publicUrl: 'https://shipped.acme.example',
    redirectUrl: 'http://localhost:3000/setup/registered',
  })
  expect(manifest).toEqual({
    ...file,
    name: "Acme's What Shipped",
    url: 'https://shipped.acme.example',
    hook_attributes: { url: `https://shipped.acme.example${webhookPath}`, active: true },
    redirect_url: 'http://localhost:3000/setup/registered',
    callback_urls: ['https://shipped.acme.example/sign-in/callback'],
  })
})

test('app.yml names the path at which deliveries are taken', () => {
  const { hook_attributes: hook } = parse(readText('app.yml'))
  expect(new URL(hook.url).pathname).toBe(webhookPath)
})

test('every event that is subscribed to is handled', async () => {
  const { default_events } = await readManifestTemplate()
  expect(default_events.filter((event) => !handledEvents.has(event))).toEqual([])
})
