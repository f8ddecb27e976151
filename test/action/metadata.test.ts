import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { toMetadata } from '../../src/action/metadata.ts'
import { MetadataSchema } from '../../src/action/metadata-schema.ts'
import type { Evidence } from '../../src/provenance/index.ts'
import { anAssessment } from '../support/an-assessment.ts'
import { publishedSchemas } from '../support/published-schemas.ts'
import { readText } from '../support/repository.ts'

const sha = 'c0ffee'.padEnd(40, '0')
const about = { repository: 'acme/widgets', number: 7, head: sha }

const sign: Evidence = {
  tool: 'claude-code',
  mark: 'claude-code/coauthor',
  tier: 'E2',
  claim: 'assisted',
  where: { in: 'message', line: 3, sha },
  text: 'Co-Authored-By: Claude <noreply@anthropic.com>',
  at: 1_780_000_000_000,
}

const assisted = anAssessment({
  assistance: 'assisted',
  intensity: 'light',
  tier: 'E2',
  tools: ['claude-code'],
  assistedCommits: 1,
  totalCommits: 3,
  evidence: [sign],
})

describe('metadata', () => {
  test('has ids, numbers and shas, and no text of a commit', () => {
    const metadata = toMetadata(assisted, about)
    expect(metadata).toMatchObject({
      schema: 1,
      repository: 'acme/widgets',
      pullRequest: 7,
      head: sha,
      evidenceShare: 1 / 3,
      evidence: [
        {
          tool: 'claude-code',
          mark: 'claude-code/coauthor',
          tier: 'E2',
          claim: 'assisted',
          where: { in: 'message', line: 3, sha },
        },
      ],
    })
    expect(JSON.stringify(metadata)).not.toContain('@')
    expect(MetadataSchema.parse(metadata)).toEqual(metadata)
  })

  test('has no share where there are no commits', () => {
    const metadata = toMetadata(anAssessment({ totalCommits: 0 }), { ...about, head: null })
    expect(metadata).toMatchObject({ evidenceShare: null, head: null })
    expect(MetadataSchema.parse(metadata)).toEqual(metadata)
  })

  test.each([
    { signs: 500, listed: 500, evidenceTruncated: false },
    { signs: 501, listed: 500, evidenceTruncated: true },
  ])('lists $listed of $signs signs', ({ signs, listed, evidenceTruncated }) => {
    const evidence = Array.from({ length: signs }, () => sign)
    const metadata = toMetadata({ ...assisted, evidence }, about)
    expect(metadata.evidence).toHaveLength(listed)
    expect(metadata.evidenceTruncated).toBe(evidenceTruncated)
  })
})

describe('the published schemas', () => {
  test.each(Object.entries(publishedSchemas))('%s is that of the code', (path, schema) => {
    // To bring them up to date: node test/support/write-schemas.ts
    expect(JSON.parse(readText(path))).toEqual(JSON.parse(JSON.stringify(schema)))
  })

  const ajv = new Ajv2020({ formats: { date: true } })

  test.each([
    ['assistance', 'human'],
    ['head', 'main'],
    ['tools', ['Claude Code']],
    ['evidence', [{ ...sign, text: 'x' }]],
    ['totalCommits', -1],
    ['author', 'Dev'],
  ])('metadata with %s %j would be found', (field, value) => {
    const metadata = { ...toMetadata(assisted, about), [field]: value }
    expect(ajv.validate(publishedSchemas['docs/metadata.schema.json'] ?? {}, metadata)).toBe(false)
    expect(MetadataSchema.safeParse(metadata).success).toBe(false)
  })

  test('the registry keeps to its own', () => {
    const registry = JSON.parse(readText('src/provenance/registry.json'))
    ajv.validate(publishedSchemas['docs/registry.schema.json'] ?? {}, registry)
    expect(ajv.errors ?? []).toEqual([])
  })
})
