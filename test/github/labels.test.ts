import type nock from 'nock'
import { describe, expect, test } from 'vitest'
import {
  changeLabels,
  GitHubError,
  type Label,
  type LabelChanges,
  type LabelOutcome,
} from '../../src/github/index.ts'
import { github, testClient } from '../support/github-client.ts'
import { forbidNetwork } from '../support/no-network.ts'

forbidNetwork()

const address = { owner: 'acme', name: 'shop', number: 7 }
const assisted: Label = {
  name: 'ai:assisted',
  color: '1d76db',
  description: 'Recorded: made with AI assistance',
}
const tool: Label = { name: 'ai:tool:aider', color: 'd4c5f9', description: 'A mark' }
const add = (...labels: Label[]): LabelChanges => ({ add: labels, remove: [] })
const remove = (...names: string[]): LabelChanges => ({ add: [], remove: names })

const notAccessible = { message: 'Resource not accessible by integration', status: '403' }
const notFound = { message: 'Not Found', status: '404' }
const mayNotCreate = {
  message: 'You do not have permission to create labels on this repository.',
  errors: [{ resource: 'Repository', field: 'label', code: 'unauthorized' }],
}
const alreadyExists = {
  message: 'Validation Failed',
  errors: [{ resource: 'Label', code: 'already_exists', field: 'name' }],
}
const named = (...names: string[]) => names.map((name) => ({ name }))

interface Played {
  /** Calls answered, in order, as `DELETE ai:assisted`. */
  readonly calls: string[]
  on(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    what: string,
    status: number,
    body?: nock.Body,
  ): void
}

/** Plays GitHub's label endpoints; `what` is `labels`, `labels/NAME` or `issue/NAME`, `issue`. */
function play(): Played {
  const calls: string[] = []
  return {
    calls,
    on(method, what, status, body = {}) {
      const [place = '', name] = what.split('/')
      const path = `/repos/acme/shop/${place === 'issue' ? 'issues/7/labels' : 'labels'}`
      github()
        .intercept(name === undefined ? path : `${path}/${encodeURIComponent(name)}`, method)
        .reply(() => {
          calls.push(`${method} ${what}`)
          return [status, body]
        })
    },
  }
}

async function change(changes: LabelChanges): Promise<LabelOutcome> {
  return changeLabels(testClient().api, address, changes)
}

test('looks up, takes off, puts on: in this order, each once', async () => {
  const { calls, on } = play()
  on('GET', `labels/${assisted.name}`, 200, { name: assisted.name })
  on('GET', `labels/${tool.name}`, 200, { name: tool.name })
  on('DELETE', 'issue/ai:unassisted', 200, [])
  on('DELETE', 'issue/ai:tool:old', 200, named('bug'))
  on('POST', 'issue', 200, named('bug', assisted.name, tool.name))
  const changes = { add: [assisted, tool], remove: ['ai:unassisted', 'ai:tool:old'] }
  expect(await change(changes)).toEqual({ done: true })
  expect(calls).toEqual([
    'GET labels/ai:assisted',
    'GET labels/ai:tool:aider',
    'DELETE issue/ai:unassisted',
    'DELETE issue/ai:tool:old',
    'POST issue',
  ])
})

test('a label that the repository is known to have is not looked up, in whatever case', async () => {
  const { calls, on } = play()
  on('POST', 'issue', 200, named(assisted.name))
  const { api } = testClient()
  expect(await changeLabels(api, address, add(assisted), ['AI:Assisted'])).toEqual({ done: true })
  expect(calls).toEqual(['POST issue'])
})

test('nothing to change asks nothing', async () => {
  expect(await change({ add: [], remove: [] })).toEqual({ done: true })
})

test('a label that is not there is created with its colour and description', async () => {
  github().get('/repos/acme/shop/labels/ai%3Aassisted').reply(404, notFound)
  github()
    .post('/repos/acme/shop/labels', { ...assisted })
    .reply(201, { name: assisted.name })
  github()
    .post('/repos/acme/shop/issues/7/labels', { labels: ['ai:assisted'] })
    .reply(200, named('ai:assisted'))
  expect(await change(add(assisted))).toEqual({ done: true })
})

test('names go into the address encoded', async () => {
  const { api } = testClient()
  github().delete('/repos/acme/shop/issues/7/labels/a%2Fb%20c%3F%23%25').reply(200, [])
  expect(await changeLabels(api, address, remove('a/b c?#%'))).toEqual({ done: true })
})

describe('what another run did first is what was wanted', () => {
  test('a label created meanwhile', async () => {
    const { on } = play()
    on('GET', 'labels/ai:assisted', 404, notFound)
    on('POST', 'labels', 422, alreadyExists)
    on('POST', 'issue', 200, named('ai:assisted'))
    expect(await change(add(assisted))).toEqual({ done: true })
  })

  test('a label taken off meanwhile', async () => {
    const { on } = play()
    on('DELETE', 'issue/ai:unassisted', 404, { message: 'Label does not exist' })
    expect(await change(remove('ai:unassisted'))).toEqual({ done: true })
  })

  test('a reply that got lost', async () => {
    const { on } = play()
    const { api, slept } = testClient()
    on('GET', 'labels/ai:assisted', 404, notFound)
    on('POST', 'labels', 502)
    on('POST', 'labels', 422, alreadyExists)
    on('DELETE', 'issue/ai:unassisted', 502)
    on('DELETE', 'issue/ai:unassisted', 404, { message: 'Label does not exist' })
    on('POST', 'issue', 502)
    on('POST', 'issue', 200, named('ai:assisted'))
    const changes = { add: [assisted], remove: ['ai:unassisted'] }
    expect(await changeLabels(api, address, changes)).toEqual({ done: true })
    expect(slept).toEqual([500, 500, 500])
  })

  test('a label in other letters', async () => {
    const { on } = play()
    on('GET', 'labels/ai:assisted', 200, { name: 'AI:Assisted' })
    on('POST', 'issue', 200, named('AI:Assisted'))
    expect(await change(add(assisted))).toEqual({ done: true })
  })
})

describe('a missing permission is named', () => {
  test('for taking off', async () => {
    const { on } = play()
    on('DELETE', 'issue/ai:unassisted', 403, notAccessible)
    expect(await change(remove('ai:unassisted'))).toEqual({
      done: false,
      missing: 'pull-requests: write',
    })
  })

  test.each([
    ['forbidden', 403, notAccessible],
    ['hidden', 404, notFound],
  ])('for putting on: %s', async (_, status, body) => {
    const { on } = play()
    on('GET', 'labels/ai:assisted', 200, { name: assisted.name })
    on('POST', 'issue', status, body)
    expect(await change(add(assisted))).toEqual({ done: false, missing: 'pull-requests: write' })
  })

  test.each([
    ['forbidden', 403, notAccessible],
    ['said outright', 403, mayNotCreate],
    ['hidden', 404, notFound],
  ])('for creating, before anything was moved: %s', async (_, status, body) => {
    const { calls, on } = play()
    on('GET', 'labels/ai:assisted', 404, notFound)
    on('POST', 'labels', status, body)
    expect(await change({ add: [assisted], remove: ['ai:unassisted'] })).toEqual({
      done: false,
      missing: 'issues: write',
    })
    expect(calls).toEqual(['GET labels/ai:assisted', 'POST labels'])
  })

  test('for looking up is none, where the label can be put on', async () => {
    const { on } = play()
    on('GET', 'labels/ai:assisted', 403, notAccessible)
    on('POST', 'issue', 200, named('ai:assisted'))
    expect(await change(add(assisted))).toEqual({ done: true })
  })

  test.each([
    ['says so', 403, mayNotCreate],
    ['leaves the label out without a word', 200, named('bug')],
  ])('for creating, where only putting on shows it: GitHub %s', async (_, status, body) => {
    const { on } = play()
    on('GET', 'labels/ai:assisted', 403, notAccessible)
    on('POST', 'issue', status, body)
    expect(await change(add(assisted))).toEqual({ done: false, missing: 'issues: write' })
  })
})

describe('any other failure is thrown', () => {
  test('a label that GitHub does not take', async () => {
    const { on } = play()
    on('GET', 'labels/ai:assisted', 404, notFound)
    on('POST', 'labels', 422, {
      message: 'Validation Failed',
      errors: [{ resource: 'Label', code: 'invalid', field: 'color' }],
    })
    await expect(change(add(assisted))).rejects.toMatchObject({ failure: 'refused', status: 422 })
  })

  test('GitHub out of reach', async () => {
    github().get('/repos/acme/shop/labels/ai%3Aassisted').times(4).reply(503)
    await expect(change(add(assisted))).rejects.toThrow(GitHubError)
  })

  test('a repository that was renamed', async () => {
    const { on } = play()
    on('DELETE', 'issue/ai:unassisted', 307)
    await expect(change(remove('ai:unassisted'))).rejects.toMatchObject({ failure: 'refused' })
  })
})
