import { join } from 'node:path'
import { ChangeSchema } from '../../src/delivery/change.ts'
import { changeFlags } from '../../src/delivery/change-flag.ts'
import { exclusionReasons } from '../../src/delivery/exclusion.ts'
import { BranchCommitRecordSchema, PullRequestRecordSchema } from '../../src/delivery/record.ts'
import { describedFields, fieldTable } from './field-table.ts'
import { generatedPage } from './generated-page.ts'
import { root } from './repository.ts'

/** The page that says what each number is; parts of it are made from the sources. */
export const definitionsPath = join(root, 'docs/definitions.md')

/** What stands between `<!-- begin NAME -->` and `<!-- end NAME -->`. */
const generated: Readonly<Record<string, () => string>> = {
  exclusions: () => meanings('reason', exclusionReasons),
  flags: () => meanings('flag', changeFlags),
  change: () => fieldTable(describedFields(ChangeSchema)),
  'pull-request': () => fieldTable(describedFields(PullRequestRecordSchema)),
  'branch-commit': () => fieldTable(describedFields(BranchCommitRecordSchema)),
}

function meanings(what: string, of: Readonly<Record<string, string>>): string {
  const rows = Object.entries(of).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`)
  return [`| ${what} | meaning |`, '|---|---|', ...rows].join('\n')
}

/**
 * The page with its generated parts as they should be.
 *
 * @throws Error where the page has no place for one of them
 */
export function definitionsPage(): string {
  return generatedPage(definitionsPath, generated)
}
