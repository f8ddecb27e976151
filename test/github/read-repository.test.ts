import { expect, test } from 'vitest'
import { readRepository } from '../../src/github/index.ts'
import { appGitHub } from '../support/app-github.ts'
import {
  anAccount,
  aRepository,
  deleteRepository,
  renameRepository,
  setPrivate,
  transferRepository,
} from '../support/fake-github/index.ts'

test('a repository keeps its id, whatever else changes (G9)', async () => {
  const { github, account, repository, installationApi } = await appGitHub()
  const api = await installationApi()
  const facts = {
    id: repository.id,
    name: 'acme/widgets',
    ownerId: account.id,
    visibility: 'public',
    defaultBranch: 'main',
    archived: false,
  }
  expect(await readRepository(api, repository.id)).toEqual(facts)
  await renameRepository(github, repository, 'gadgets')
  await setPrivate(github, repository, true)
  expect(await readRepository(api, repository.id)).toEqual({
    ...facts,
    name: 'acme/gadgets',
    visibility: 'private',
  })
  await transferRepository(github, repository, anAccount('globex', { type: 'Organization' }))
  expect(await readRepository(api, repository.id)).toBe('gone')
})

test('one that was deleted is gone, and one that never was', async () => {
  const { github, repository, installationApi } = await appGitHub()
  const api = await installationApi()
  await deleteRepository(github, repository)
  expect(await readRepository(api, repository.id)).toBe('gone')
  expect(await readRepository(api, 5)).toBe('gone')
})

test('another repository than asked for is no answer', async () => {
  const { github, repository, installationApi } = await appGitHub()
  github.faults.push({
    match: { path: `/repositories/${repository.id}` },
    respond: {
      kind: 'alter',
      alter: (reply) => ({ ...reply, body: { ...(reply.body as object), id: 5 } }),
    },
  })
  await expect(readRepository(await installationApi(), repository.id)).rejects.toMatchObject({
    failure: 'unavailable',
  })
})

test('an older GitHub Enterprise Server that tells no visibility', async () => {
  const owner = anAccount('acme', { type: 'Organization' })
  const repository = aRepository({ owner, private: true, internal: true })
  const { github, installationApi } = await appGitHub({
    account: owner,
    repositories: [repository],
    form: 'ghes',
  })
  github.faults.push({
    match: { path: `/repositories/${repository.id}` },
    respond: {
      kind: 'alter',
      alter: (reply) => ({ ...reply, body: { ...(reply.body as object), visibility: undefined } }),
    },
  })
  const facts = await readRepository(await installationApi(), repository.id)
  expect(facts).toMatchObject({ visibility: 'private' })
})
