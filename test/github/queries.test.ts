import { parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { viewerQuery } from '../../src/github/keep-issue.ts'
import { branchQuery, commitDetailsQuery } from '../../src/github/read-branch-commits.ts'
import { notesQuery } from '../../src/github/read-notes.ts'
import { pullRequestQuery } from '../../src/github/read-pull-request.ts'
import { repositorySettingsQuery } from '../../src/github/read-repository-settings.ts'
import { listsQuery, recordQuery, recordsQuery } from '../../src/github/records-query.ts'
import { githubSchema } from '../support/fake-github/graphql/schema.ts'

test.each([
  ['a pull request', pullRequestQuery],
  ['one note', notesQuery(1)],
  ['a batch of notes', notesQuery(30)],
  ['a page of pull requests', recordsQuery],
  ['one pull request', recordQuery],
  ['what goes on of one of them', listsQuery],
  ['a page of a branch', branchQuery],
  ['a batch of its commits', commitDetailsQuery(50)],
  ['the account behind the token', viewerQuery],
  ['the settings of a repository', repositorySettingsQuery],
])("the query for %s is valid against GitHub's schema", (_, query) => {
  expect(validate(githubSchema(), parse(query)).map(({ message }) => message)).toEqual([])
})

test('a query that GitHub would refuse is found out', () => {
  expect(validate(githubSchema(), parse('{ viewer { loginName } }'))).toHaveLength(1)
})
