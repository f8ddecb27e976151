import {
  type RecordedCommit,
  type RecordedIdentity,
  recordCommit,
} from '../../src/delivery/index.ts'
import { createPseudonyms } from '../../src/delivery/pseudonyms.ts'
import {
  type Commit,
  type CommitAssessment,
  type Identity,
  indexRegistry,
  type KnownMarks,
  shippedRegistry,
} from '../../src/provenance/index.ts'

export const shippedMarks: KnownMarks = indexRegistry(shippedRegistry())

export const testPseudonyms = createPseudonyms(new TextEncoder().encode('a key for tests'))

export const testRecording = { marks: shippedMarks, pseudonyms: testPseudonyms }

/** A commit as a record gives it back: recorded, written as JSON and read again. */
export function throughRecord(commit: Commit): Commit {
  const recorded = recordCommit({ sha: '0'.repeat(40), ...commit }, null, testRecording)
  const read: RecordedCommit = JSON.parse(JSON.stringify(recorded))
  return {
    ...(commit.sha === undefined ? {} : { sha: read.sha }),
    message: read.message,
    notes: new Map(Object.entries(read.notes)),
    ...(read.author === null ? {} : { author: toIdentity(read.author) }),
    ...(read.committer === null ? {} : { committer: toIdentity(read.committer) }),
    ...(read.authoredAt === null ? {} : { authoredAt: Date.parse(read.authoredAt) }),
    ...(read.committedAt === null ? {} : { committedAt: Date.parse(read.committedAt) }),
    ...(read.verified === null ? {} : { verified: read.verified }),
    ...(read.parents === null ? {} : { parents: read.parents }),
    ...(read.authorAccount === null ? {} : { authorAccount: toAccount(read.authorAccount) }),
  }
}

function toIdentity(identity: RecordedIdentity): Identity {
  return identity.kind === 'person'
    ? { name: 'person', email: `${identity.person}@person.invalid` }
    : { name: identity.name, email: identity.email }
}

function toAccount(actor: NonNullable<RecordedCommit['authorAccount']>) {
  if (actor.kind === 'bot') return { id: actor.id ?? 0, login: actor.login, bot: actor.app }
  return { id: 0, login: actor.kind === 'person' ? actor.person : '', bot: false }
}

/** All that is read of a commit, without the texts that it was read from. */
export function readingOf(assessment: CommitAssessment) {
  const signs = (evidence: CommitAssessment['evidence']) =>
    evidence.map(({ text: _, ...sign }) => sign)
  return {
    ...assessment,
    evidence: signs(assessment.evidence),
    overruled: signs(assessment.overruled),
    trailers: assessment.trailers.map(({ line }) => line),
  }
}
