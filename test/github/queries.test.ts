import { parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { notesQuery } from '../../src/github/read-notes.ts'
import { pullRequestQuery } from '../../src/github/read-pull-request.ts'
import { githubSchema } from '../support/fake-github/graphql/schema.ts'

test.each([
  ['a pull request', pullRequestQuery],
  ['one note', notesQuery(1)],
  ['a batch of notes', notesQuery(30)],
])("the query for %s is valid against GitHub's schema", (_, query) => {
  expect(validate(githubSchema(), parse(query)).map(({ message }) => message)).toEqual([])
})

test('a query that GitHub would refuse is found out', () => {
  expect(validate(githubSchema(), parse('{ viewer { loginName } }'))).toHaveLength(1)
})
