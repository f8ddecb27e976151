import { createHash } from 'node:crypto'
import type { Repository } from './open-repository.ts'
import { asLines, BY_ID, inBatches, LOG_OPTIONS } from './read-listed-commits.ts'
import { readRecords } from './read-records.ts'
import { type GitLimits, streamGit } from './stream-git.ts'

/** Whose work a commit is: what rebasing keeps of it. */
export interface Work {
  readonly key: number
  /** The author's. */
  readonly email: string
}

const FIELDS = ['%H', '%ae', '%at', '%s'] as const

/** Reads the work that commits are, by their full ids. */
export async function readWork(
  repository: Repository,
  ids: readonly string[],
  limits: GitLimits,
): Promise<Map<string, Work>> {
  const works = new Map<string, Work>()
  const walk = [...BY_ID, 'log', '-z', '--no-walk=unsorted', '--no-patch', ...LOG_OPTIONS]
  const format = `--format=tformat:${FIELDS.join('%x00')}`
  for (const batch of inBatches(ids)) {
    const args = [...walk, format, '--stdin', '--']
    const log = streamGit(repository, args, limits, { input: asLines(batch) })
    for await (const records of readRecords(log, FIELDS.length)) {
      for (const [id = '', email = '', authoredAt = '', subject = ''] of records) {
        works.set(id, { key: workKey(email, authoredAt, subject), email })
      }
    }
  }
  return works
}

/**
 * Stands for what a commit keeps when it is rebased: its author, its author date (seconds) and its subject. 48 bits of a
 * hash, enough to tell millions apart.
 */
export function workKey(email: string, authoredAt: string, subject: string): number {
  const text = `${email}\n${authoredAt}\n${subject}`
  return createHash('sha1').update(text).digest().readUIntBE(0, 6)
}
