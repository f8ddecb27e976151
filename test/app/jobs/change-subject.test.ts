import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatChangeSubject, parseChangeSubject } from '../../../src/app/jobs/change-subject.ts'

it('is read as it was written', () => {
  fc.assert(
    fc.property(
      fc.record(
        {
          repositoryId: fc.nat(),
          number: fc.nat(),
          aside: fc.stringMatching(/^[0-9a-z]{1,64}$/),
        },
        { requiredKeys: ['repositoryId', 'number'] },
      ),
      (subject) => {
        expect(parseChangeSubject(formatChangeSubject(subject))).toEqual(subject)
      },
    ),
  )
})

it.each(['', '7', '1/2/3/4', 'a/7', '1/7/', '1/-7'])('refuses %j', (text) => {
  expect(() => parseChangeSubject(text)).toThrow('a job about a change has the subject')
})
