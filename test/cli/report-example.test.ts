import { describe, expect, test } from 'vitest'
import { ReportSchema } from '../../src/report/report-document.ts'
import { runInProcess } from '../support/run-in-process.ts'

describe('report --example', () => {
  test('is a report with something to say, marked as made up in every format', async () => {
    const { status, stdout, stderr } = await runInProcess(['report', '--example'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('These changes are made up')
    expect(stdout).toContain('Shorter time to merge with AI recorded')
    const html = await runInProcess(['report', '--example', '--format', 'html'])
    expect(html.stdout).toContain('Synthetic example')
    const markdown = await runInProcess(['report', '--example', '--format', 'md'])
    expect(markdown.stdout).toContain('made up')
    const json = await runInProcess(['report', '--example', '--format', 'json'])
    expect(ReportSchema.parse(JSON.parse(json.stdout)).scope).toMatchObject({
      kind: 'organisation',
      name: 'example',
      synthetic: true,
    })
  })

  test.each([
    [['report'], 'report needs a SOURCE, or --example'],
    [['report', '--example', '.'], 'report reads one SOURCE'],
  ])('%j is wrong usage', async (args, said) => {
    const { status, stdout, stderr } = await runInProcess(args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(said)
  })
})
