import { isMissingObject } from './is-missing-object.ts'
import { ObjectIds } from './object-ids.ts'
import type { Repository } from './open-repository.ts'
import { readLines } from './read-lines.ts'
import { LOG_OPTIONS } from './read-listed-commits.ts'
import { readRecords } from './read-records.ts'
import { type GitLimits, streamGit } from './stream-git.ts'

/**
 * Finds which commits of a branch change a file that the clone does not have, before or after. `ids` follow each other by
 * first parent, newest first.
 *
 * @param missing what the clone does not have
 */
export async function commitsWithoutBlobs(
  repository: Repository,
  ids: readonly string[],
  missing: ObjectIds,
  limits: GitLimits,
): Promise<ReadonlySet<string>> {
  const [newest] = ids
  const found = new Set<string>()
  if (newest === undefined) return found
  const unread = new Set(ids)
  const options = ['--raw', '--no-renames', '--no-abbrev', '--format=tformat:%H', ...LOG_OPTIONS]
  const walk = ['log', '-z', '--first-parent', '-m', `--max-count=${ids.length}`]
  const log = streamGit(repository, [...walk, ...options, '--end-of-options', newest, '--'], limits)
  let current = ''
  try {
    for await (const fields of readRecords(log, 1)) {
      for (const [field = ''] of fields) {
        const [, before, after] = /^\n?:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) \w+$/.exec(field) ?? []
        if (before === undefined || after === undefined) {
          // Paths come here too; none of them is an id that is waited for.
          if (!unread.delete(field)) continue
          current = field
        } else if (missing.find(before) !== undefined || missing.find(after) !== undefined) {
          found.add(current)
        }
      }
    }
  } catch (error) {
    if (!isMissingObject(error)) throw error
    // A directory is missing: git goes no further.
    found.add(current)
    for (const id of unread) found.add(id)
  }
  return found
}

/** Finds the objects of these commits, newest first, and of all before them that the clone does not have. */
export async function readMissingObjects(
  repository: Repository,
  [newest]: readonly string[],
  limits: GitLimits,
): Promise<ObjectIds> {
  const missing = new ObjectIds(repository.objectFormat)
  if (newest === undefined) return missing
  const args = ['rev-list', '--objects', '--no-object-names', '--missing=print', '--first-parent']
  const list = streamGit(repository, [...args, '--end-of-options', newest, '--'], limits)
  for await (const line of readLines(list)) {
    if (line.startsWith('?')) missing.add(line.slice(1))
  }
  return missing
}
