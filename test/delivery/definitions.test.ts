import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ChangeSchema } from '../../src/delivery/change.ts'
import { BranchCommitRecordSchema, PullRequestRecordSchema } from '../../src/delivery/record.ts'
import { definitionsPage, definitionsPath } from '../support/definitions-page.ts'
import { describedFields } from '../support/field-table.ts'
import { findForbiddenWords } from '../support/forbidden-words.ts'

const page = readFileSync(definitionsPath, 'utf8')

/** Names that say all that there is to say. */
const selfSaying = new Set([
  'action',
  'additions',
  'assignees',
  'at',
  'authoredAt',
  'author',
  'base',
  'by',
  'branchTracked',
  'closes',
  'comments',
  'commit',
  'committedAt',
  'createdAt',
  'deletions',
  'description',
  'dismissedAt',
  'email',
  'files',
  'head',
  'id',
  'label',
  'labelEvents',
  'login',
  'merge',
  'name',
  'number',
  'openedAsDraft',
  'person',
  'queueEvents',
  'readAt',
  'record',
  'reopens',
  'repository',
  'reviewRequests',
  'reviews',
  'revertClaims',
  'sha',
  'size',
  'source',
  'sources',
  'start',
  'state',
  'submittedAt',
  'threads',
  'to',
  'total',
  'version',
  'whole',
  'bare',
])

test('the page is up to date: node test/support/write-definitions.ts', () => {
  expect(page).toBe(definitionsPage())
})

test('it says nothing that a user should never read', () => {
  expect(findForbiddenWords(page)).toEqual([])
})

test('every field of a change has a meaning', () => {
  const without = describedFields(ChangeSchema).filter(({ meaning }) => meaning === '')
  expect(without.map(({ path }) => path)).toEqual([
    'revertLinks[].by.number',
    'revertLinks[].by.sha',
  ])
})

describe.each([
  ['a pull request', PullRequestRecordSchema],
  ['a commit on the branch', BranchCommitRecordSchema],
])('the record of %s', (_, schema) => {
  test.each(describedFields(schema).map((field) => [field.path, field] as const))(
    '%s has a meaning or a name that says it',
    (path, { meaning }) => {
      const name =
        path
          .replaceAll(/\[\]|\{\}/g, '')
          .split('.')
          .at(-1) ?? ''
      expect(meaning !== '' || selfSaying.has(name)).toBe(true)
    },
  )
})

test.each(Object.keys(ChangeSchema.shape).filter((name) => /Seconds$|At$/.test(name)))(
  'the time or duration %s is defined outside the table of fields',
  (name) => {
    const prose = page.slice(0, page.indexOf('<!-- begin change -->'))
    expect(prose).toContain(name === 'readAt' ? 'reading' : `\`${name}\``)
  },
)
