import { changeFacts, type PullRequestRecord } from '../../delivery/index.ts'
import { changeLabels, type LabelChanges, planLabels } from '../../github/index.ts'
import { assessChange, type KnownMarks } from '../../provenance/index.ts'
import type { ClaimedJob, Facts } from '../../store/index.ts'
import { withDeclarations } from '../check/with-declarations.ts'
import { parseChangeSubject } from '../jobs/change-subject.ts'
import type { JobContext } from '../jobs/job-context.ts'
import { splitName } from '../jobs/split-name.ts'
import { readAccountSettings } from '../settings/account-settings.ts'
import { isLabelledElsewhere } from './labelled-elsewhere.ts'
import { mayLabel } from './may-label.ts'

/** The same as the Action's by default. */
const settings = { prefix: 'ai:', tools: false } as const

/**
 * Keeps the answer's label on a pull request, where an owner wishes it: the same that the Action would put there, by the same
 * rules for what people do to it. Where another app labels, that one owns the labels, and this one only takes off its own that
 * no longer hold.
 */
export async function keepLabels(job: ClaimedJob, context: JobContext): Promise<void> {
  const { repositoryId, number } = parseChangeSubject(job.subject)
  const { store, github, log, surroundings, marks, signal } = context
  const owner = await store.tenants.get(job.tenantId)
  if (owner === undefined || job.installationId === null || !mayLabel(owner.permissions)) return
  const options = { marks, now: surroundings.now() }
  const wanted = await store
    .tenant(job.tenantId)
    .read((facts) => plan(facts, repositoryId, number, options))
  if (wanted === undefined) return
  const { name, changes } = wanted
  if (changes.add.length + changes.remove.length === 0) return
  const api = await github.installationApi(job.installationId, repositoryId)
  signal.throwIfAborted()
  const outcome = await changeLabels(api, { ...splitName(name), number }, changes)
  log.info('labels-changed', {
    repository: repositoryId,
    number,
    ...(outcome.done
      ? { outcome: 'done' }
      : { outcome: 'refused', permission: outcome.missing.replace(' ', '') }),
  })
}

/** Undefined: no label is the App's to move there. */
async function plan(
  facts: Facts,
  repositoryId: number,
  number: number,
  { marks, now }: { readonly marks: KnownMarks; readonly now: number },
): Promise<{ readonly name: string; readonly changes: LabelChanges } | undefined> {
  const isWanted = (await readAccountSettings(facts)).labels
  const repository = await facts.repositories.get(repositoryId)
  const kept = await facts.records.get(repositoryId, number)
  if (!isWanted || repository?.state !== 'active' || repository.archived) return undefined
  const state = kept === undefined ? undefined : stateOf(kept)
  if (kept === undefined || state === undefined) return undefined
  const record = withDeclarations(kept, await facts.corrections.of(repositoryId, number))
  const { add, remove } = planLabels(assessChange(changeFacts(record), marks), state, settings)
  return {
    // As it was when the pull request was read, a moment ago.
    name: record.repository.name ?? repository.name,
    changes: { add: isLabelledElsewhere(repository, now) ? [] : add, remove },
  }
}

/** Undefined: not all is known of its labels, and what a person did to them might be undone. */
function stateOf({ labels, labelEvents, truncated }: PullRequestRecord) {
  if (labels === null || labelEvents === null) return undefined
  if (truncated.includes('labels') || truncated.includes('timeline')) return undefined
  return { labels, events: labelEvents.map((event) => ({ ...event, at: Date.parse(event.at) })) }
}
