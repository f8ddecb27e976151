import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { readText } from '../support/repository.ts'

const url = z.url({ protocol: /^https$/ })
const sentence = z.string().min(1).max(400)

/** What a schema finds in the fields that a change puts into a valid document. */
function problemsAt(schema: z.ZodType, document: unknown, change: Record<string, unknown>) {
  const { error } = schema.safeParse({ ...z.looseObject({}).parse(document), ...change })
  return (error?.issues ?? []).filter((issue) => {
    const fields = issue.code === 'unrecognized_keys' ? issue.keys : []
    return [...fields, issue.path[0]].some((field) => field !== undefined && field in change)
  })
}

describe('action.yml', () => {
  const id = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)

  /** The metadata syntax of GitHub Actions, as far as a JavaScript action uses it, and what the Marketplace asks of it. */
  const ActionSchema = z.strictObject({
    name: z.string().min(1).max(60),
    author: z.string().min(1),
    // The Marketplace refuses a release whose description has 125 characters or more.
    description: z.string().min(1).max(124),
    branding: z.strictObject({
      icon: z.string().regex(/^[a-z]+(-[a-z0-9]+)*$/),
      color: z.enum([
        'white',
        'black',
        'yellow',
        'blue',
        'green',
        'orange',
        'red',
        'purple',
        'gray-dark',
      ]),
    }),
    inputs: z.record(
      id,
      z.strictObject({
        description: sentence,
        // The runner does not enforce it, so nothing may rely on it.
        required: z.literal(false).optional(),
        default: z.string().optional(),
      }),
    ),
    outputs: z.record(id, z.strictObject({ description: sentence })),
    runs: z.strictObject({ using: z.literal('node24'), main: z.literal('dist/index.js') }),
  })

  const action: unknown = parse(readText('action.yml'))

  test('is valid', () => {
    expect(ActionSchema.safeParse(action).error?.issues ?? []).toEqual([])
  })

  test.each([
    ['a description too long for the Marketplace', { description: 'a'.repeat(125) }],
    ['an old Node', { runs: { using: 'node20', main: 'dist/index.js' } }],
    ['an input in capitals', { inputs: { Mode: { description: 'What to do.' } } }],
    ['an output that nobody describes', { outputs: { tools: { description: '' } } }],
    ['a field that GitHub does not know', { output: {} }],
  ])('%s would be found', (_, change) => {
    expect(problemsAt(ActionSchema, action, change)).not.toEqual([])
  })
})

describe('app.yml', () => {
  /** Permissions of GitHub Apps, by the names that a manifest uses (REST description, "app-permissions"). */
  const permissions = [
    'actions',
    'administration',
    'attestations',
    'checks',
    'contents',
    'deployments',
    'discussions',
    'environments',
    'issues',
    'members',
    'merge_queues',
    'metadata',
    'organization_administration',
    'organization_custom_properties',
    'organization_custom_roles',
    'organization_events',
    'organization_hooks',
    'organization_plan',
    'organization_projects',
    'packages',
    'pages',
    'pull_requests',
    'repository_custom_properties',
    'repository_hooks',
    'repository_projects',
    'secrets',
    'security_events',
    'single_file',
    'statuses',
    'vulnerability_alerts',
    'workflows',
  ] as const

  /** Webhook events that an App subscribes to; those of its installation come unasked, and naming them is an error. */
  const events = [
    'check_run',
    'check_suite',
    'issue_comment',
    'issues',
    'label',
    'member',
    'membership',
    'merge_group',
    'organization',
    'public',
    'pull_request',
    'pull_request_review',
    'pull_request_review_comment',
    'pull_request_review_thread',
    'push',
    'repository',
    'status',
    'team',
  ] as const

  const ManifestSchema = z.strictObject({
    name: z.string().min(1).max(34),
    url,
    description: sentence,
    public: z.literal(false),
    hook_attributes: z.strictObject({ url, active: z.boolean() }),
    redirect_url: url,
    callback_urls: z.array(url).min(1).max(10),
    setup_url: url.optional(),
    request_oauth_on_install: z.boolean(),
    setup_on_update: z.boolean(),
    default_permissions: z.partialRecord(z.enum(permissions), z.enum(['read', 'write'])),
    default_events: z.array(z.enum(events)),
  })

  const text = readText('app.yml')
  const manifest: unknown = parse(text)

  test('is valid', () => {
    expect(ManifestSchema.safeParse(manifest).error?.issues ?? []).toEqual([])
  })

  test('asks for what the design allows, and for nothing else', () => {
    const { default_permissions, default_events } = ManifestSchema.parse(manifest)
    expect(default_permissions).toEqual({
      metadata: 'read',
      pull_requests: 'read',
      checks: 'write',
      members: 'read',
    })
    expect([...default_events].sort()).toEqual([
      'check_run',
      'check_suite',
      'member',
      'membership',
      'organization',
      'pull_request',
      'pull_request_review',
      'pull_request_review_comment',
      'pull_request_review_thread',
      'repository',
      'team',
    ])
  })

  test('has no apostrophe, which would end the attribute of the form that Probot puts it into', () => {
    expect(text).not.toContain("'")
  })

  test('names no address but the example domain', () => {
    const { url, hook_attributes, redirect_url, callback_urls } = ManifestSchema.parse(manifest)
    for (const address of [url, hook_attributes.url, redirect_url, ...callback_urls]) {
      expect(new URL(address).hostname).toMatch(/(^|\.)example\.com$/)
    }
  })

  test.each([
    ['an unknown permission', { default_permissions: { 'pull-requests': 'read' } }],
    ['an unknown access', { default_permissions: { checks: 'admin' } }],
    ['an event that comes unasked', { default_events: ['installation'] }],
    ['a public App', { public: true }],
    ['a webhook without encryption', { hook_attributes: { url: 'http://a.example.com' } }],
    ['a field that GitHub does not know', { webhook_url: 'https://a.example.com' }],
  ])('%s would be found', (_, change) => {
    expect(problemsAt(ManifestSchema, manifest, change)).not.toEqual([])
  })
})
