import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { readInputs } from '../../src/action/inputs.ts'
import { ComparisonSchema } from '../../src/report/document/report-comparison.ts'
import { outputNames } from '../support/action-case.ts'
import { reportOutputNames } from '../support/report-case.ts'
import { readText } from '../support/repository.ts'

const { inputs, outputs } = z
  .object({
    inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string() })),
    outputs: z.record(z.string(), z.object({ description: z.string() })),
  })
  .parse(parse(readText('action.yml')))

/** Names of the inputs that the code asks the environment for. */
function inputsRead(): string[] {
  const asked: string[] = []
  const environment = new Proxy<Record<string, string>>(
    { 'INPUT_GITHUB-TOKEN': 'a-token' },
    {
      get: (variables, name) => {
        asked.push(String(name))
        return Reflect.get(variables, name)
      },
    },
  )
  readInputs(environment)
  return [...new Set(asked)].map((name) => name.replace(/^INPUT_/, '').toLowerCase())
}

describe('action.yml', () => {
  test('declares the inputs that are read, and no other', () => {
    expect(inputsRead().sort()).toEqual(Object.keys(inputs).sort())
  })

  test('gives them the defaults that the code has', () => {
    const given = Object.entries(inputs).map(([name, input]) => [
      `INPUT_${name.toUpperCase()}`,
      // The runner puts the token of the job in.
      input.default.replace(tokenOfJob, 'a-token'),
    ])
    expect(readInputs(Object.fromEntries(given))).toEqual(
      readInputs({ 'INPUT_GITHUB-TOKEN': 'a-token' }),
    )
    expect(inputs['github-token']?.default).toBe(tokenOfJob)
  })

  test('declares the outputs that are written, and no other', () => {
    expect(Object.keys(outputs)).toEqual([...outputNames, ...reportOutputNames, 'records-file'])
  })
})

// An expression of GitHub's, which looks like a template of JavaScript's.
const tokenOfJob = ['$', '{{ github.token }}'].join('')

describe('README.md', () => {
  const readme = readText('README.md')

  test('lists the same inputs with the same defaults', () => {
    const listed = tableUnder('### Inputs').map(([name = '', preset = '']) => [
      name.replaceAll('`', ''),
      preset.replaceAll('`', ''),
    ])
    expect(Object.fromEntries(listed)).toEqual(
      Object.fromEntries(
        Object.entries(inputs).map(([name, input]) => [
          name,
          input.default === tokenOfJob ? "the job's own" : input.default,
        ]),
      ),
    )
  })

  test('lists the same outputs', () => {
    const listed = tableUnder('### Outputs').flatMap(([names = '']) =>
      names.split(', ').map((name) => name.replaceAll('`', '')),
    )
    expect(listed).toEqual(Object.keys(outputs))
  })

  test('explains each code of a verdict', () => {
    const section = readme.split('## A report every week')[1]?.split('\n## ')[0] ?? ''
    for (const code of ComparisonSchema.shape.verdict.options) {
      expect(section).toContain(`\`${code}\``)
    }
  })

  test('starts the job on every event that changes an answer', () => {
    for (const action of [
      'opened',
      'synchronize',
      'reopened',
      'ready_for_review',
      'edited',
      'closed',
    ]) {
      expect(readme).toMatch(new RegExp(`^ {4}types: \\[.*\\b${action}\\b.*\\]$`, 'm'))
    }
  })

  /** Cells of the rows of the first table under a heading. */
  function tableUnder(heading: string): string[][] {
    const after = readme.split(`${heading}\n`)[1] ?? ''
    const table = /(?:^\|.*\n)+/m.exec(after)?.[0] ?? ''
    return table
      .trimEnd()
      .split('\n')
      .slice(2)
      .map((row) =>
        row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      )
  }
})
