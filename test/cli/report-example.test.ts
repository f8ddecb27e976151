import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ReportSchema } from '../../src/report/document/report-document.ts'
import { temporaryDirectory } from '../support/git-repository.ts'
import { runInProcess } from '../support/run-in-process.ts'

describe('report --example', () => {
  test('is a report with something to say, marked as made up', async () => {
    const { status, stdout, stderr } = await runInProcess(['report', '--example'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('These changes are made up')
    expect(stdout).toContain('Shorter time to merge with AI recorded')
    const json = await runInProcess(['report', '--example', '--format', 'json'])
    expect(ReportSchema.parse(JSON.parse(json.stdout)).scope).toMatchObject({
      kind: 'organisation',
      name: 'example',
      synthetic: true,
    })
  })

  test.each([
    ['report.html', /^<!doctype html>/i],
    ['report.JSON', /^\{\n/],
    ['report.txt', /^What Shipped: /],
  ])('into %s: what its ending says', async (name, start) => {
    const file = join(temporaryDirectory(), name)
    const { status } = await runInProcess(['report', '--example', '--out', file])
    expect(status).toBe(0)
    expect(readFileSync(file, 'utf8')).toMatch(start)
  })
})
