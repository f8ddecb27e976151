import {
  assessChange,
  assessCommit,
  type Commit,
  type KnownMarks,
} from '../../src/provenance/index.ts'
import { type Clone, commitsOf, mainLine, parentsOf } from './clone.ts'
import { type CorpusChange, corpusRule } from './corpus.ts'
import { type OurAnswer, ourAnswer } from './our-answer.ts'
import { ownCommits } from './own-commits.ts'
import type { Reference } from './reference.ts'
import { seeCommit } from './seen-commit.ts'

/** One commit or change with our answer and the rule by which each reference took it for assisted, by its id. */
export interface Compared {
  readonly sha: string
  readonly of: 'commits' | 'changes'
  readonly ours: OurAnswer
  readonly theirs: ReadonlyMap<string, string>
}

/** Id under which a change's own fields in the corpus stand among the references. */
export const corpusId = 'corpus'

/** Id under which all references stand together: what only we see, and what anybody else sees. */
export const anyId = 'any'

/** What is kept of a commit that a pull request needs: no text where nobody found a sign in it. */
interface Kept {
  readonly commit: Commit
  readonly theirs: ReadonlyMap<string, string>
}

/**
 * Reads a clone once and gives its commits since a date, merges left out, and then the corpus' pull requests, each from its
 * own commits and its merge or squash commit.
 */
export async function* compareClone(
  clone: Clone,
  since: string,
  references: readonly Reference[],
  changes: readonly CorpusChange[],
  marks: KnownMarks,
): AsyncGenerator<Compared> {
  const parts = changes.length === 0 ? [] : partsOf(clone, changes)
  const wanted = new Set(parts.flatMap(({ merge, own }) => [merge, ...own]))
  const kept = new Map<string, Kept>()
  const start = Date.parse(since)
  for await (const commit of commitsOf(clone, since)) {
    const { sha = '', parents = 0, committedAt = 0 } = commit
    const isMerge = parents > 1
    if (isMerge && !wanted.has(sha)) continue
    const theirs = rulesOf(commit, references)
    const assessed = assessCommit(commit, marks)
    if (!isMerge && committedAt >= start) {
      yield { sha, of: 'commits', ours: ourAnswer(assessed), theirs }
    }
    if (!wanted.has(sha)) continue
    const bare = theirs.size === 0 && assessed.evidence.length === 0
    kept.set(sha, { commit: bare ? { ...commit, message: '' } : commit, theirs })
  }
  for (const part of parts) yield compareChange(part, kept, marks)
}

interface Parts {
  readonly change: CorpusChange
  readonly merge: string
  readonly own: readonly string[]
}

function partsOf(clone: Clone, changes: readonly CorpusChange[]): Parts[] {
  const find = ownCommits(parentsOf(clone), mainLine(clone))
  return changes.map((change) => ({
    change,
    merge: change.mergeSha,
    own: find(change.mergeSha, clone.heads.get(change.pr)),
  }))
}

function compareChange(
  { change, merge, own }: Parts,
  kept: ReadonlyMap<string, Kept>,
  marks: KnownMarks,
): Compared {
  const commits = own.flatMap((sha) => kept.get(sha) ?? [])
  const mergeCommit = kept.get(merge)
  const assessed = assessChange(
    {
      commits: commits.map(({ commit }) => commit),
      complete: commits.length === own.length,
      ...(mergeCommit === undefined ? {} : { mergeCommit: mergeCommit.commit }),
    },
    marks,
  )
  const counted = commits.filter(({ commit }) => (commit.parents ?? 0) < 2)
  const theirs = new Map<string, string>()
  for (const one of mergeCommit === undefined ? counted : [...counted, mergeCommit]) {
    for (const [id, rule] of one.theirs) if (!theirs.has(id)) theirs.set(id, rule)
  }
  const noted = corpusRule(change, marks)
  if (noted !== undefined) theirs.set(corpusId, noted)
  if (noted !== undefined && !theirs.has(anyId)) theirs.set(anyId, `${corpusId}: ${noted}`)
  return { sha: merge, of: 'changes', ours: ourAnswer(assessed), theirs }
}

function rulesOf(commit: Commit, references: readonly Reference[]): Map<string, string> {
  const seen = seeCommit(commit)
  const rules = new Map<string, string>()
  for (const { id, rule } of references) {
    const found = rule(seen)
    if (found === undefined) continue
    rules.set(id, found)
    if (!rules.has(anyId)) rules.set(anyId, `${id}: ${found}`)
  }
  return rules
}
