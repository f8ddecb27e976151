import { expect, test } from 'vitest'
import { forReader } from '../../../src/report/document/for-reader.ts'
import { ReportSchema } from '../../../src/report/document/report-document.ts'
import { exampleReport } from '../example-report.ts'
import { reportFormats } from '../report-texts.ts'

const report = exampleReport()
const names = report.repositories.map(({ name }) => name)

test('who can read all of them gets the report itself', () => {
  expect(forReader(report, new Set([...names, 'harbour-lights/other']))).toBe(report)
})

test.each([
  ['one', ['harbour-lights/web']],
  ['none', []],
  ['others', ['harbour-lights/skiff', 'toString']],
])(
  '%s of them can be read: the others are named in no format, and not counted',
  (_case, readable) => {
    const shown = forReader(report, new Set(readable))
    expect(ReportSchema.parse(shown)).toEqual(shown)
    expect(shown.repositories.map(({ name }) => name)).toEqual(
      names.filter((name) => readable.includes(name)),
    )
    for (const [, render] of reportFormats) {
      const text = render(shown)
      for (const name of names.filter((one) => !readable.includes(one))) {
        expect(text).not.toContain(name)
      }
    }
    expect(shown.readings.repositories ?? '').not.toMatch(/\d/)
    expect(shown.readings.repositories === null).toBe(shown.repositories.length === 0)
  },
)

test('nothing else differs', () => {
  const shown = forReader(report, new Set(['harbour-lights/api']))
  expect({ ...shown, repositories: report.repositories, readings: report.readings }).toEqual(report)
  const { repositories: _own, ...others } = shown.readings
  expect(report.readings).toMatchObject(others)
})
