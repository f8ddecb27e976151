import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as core from '@actions/core'
import type { Metadata } from './metadata-schema.ts'

/** Writes the metadata file, and the outputs of a tag. */
export async function writeTagOutputs(
  environment: Readonly<Record<string, string | undefined>>,
  metadata: Metadata,
  labels: readonly string[],
): Promise<void> {
  const json = JSON.stringify(metadata)
  const folder = join(environment.RUNNER_TEMP || tmpdir(), 'what-shipped')
  const file = join(folder, `pull-request-${metadata.pullRequest}.json`)
  await mkdir(folder, { recursive: true })
  await writeFile(file, `${json}\n`)
  core.setOutput('assistance', metadata.assistance)
  core.setOutput('agent-authored', String(metadata.agentAuthored))
  core.setOutput('intensity', metadata.intensity ?? '')
  core.setOutput('tools', metadata.tools.join(','))
  core.setOutput('tier', metadata.tier ?? '')
  core.setOutput('assisted-commits', String(metadata.assistedCommits))
  core.setOutput('total-commits', String(metadata.totalCommits))
  core.setOutput('labels', labels.join(','))
  core.setOutput('metadata', json)
  core.setOutput('metadata-file', file)
}
