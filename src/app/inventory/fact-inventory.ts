import {
  factsKept,
  pullRequestNumber,
  repositoryNumber,
  type TablesAbout,
  untilErased,
  whose,
} from './stored-table.ts'

/** What is kept of pull requests and their repositories. */
export const factInventory: TablesAbout<
  | 'repositories'
  | 'records'
  | 'recordKeys'
  | 'changes'
  | 'revertLinks'
  | 'corrections'
  | 'forgottenPeople'
  | 'checks'
> = {
  repositories: {
    title: 'Repositories',
    purpose: 'Which repositories the App reads, and how far it has read them',
    kept: 'Until 30 days after the repository was removed or is no longer tracked; of one that is no longer tracked the name stays',
    fields: {
      tenantId: whose,
      repositoryId: repositoryNumber,
      name: ['Its name, for display and to ask GitHub with', 'by looking it up'],
      visibility: [
        'Whether it is public, internal or private: decides what a check may show',
        'no',
      ],
      defaultBranch: ['The branch whose changes are counted', 'no'],
      archived: ['Nothing can be written to one that is', 'no'],
      state: ['Whether it is read', 'no'],
      removedAt: ['Since when it is not', 'no'],
      watermark: ['Until when it was read', 'no'],
      checkpoint: ['Where the reading of its past goes on', 'no'],
      pageSize: ['How much of it GitHub gives at once', 'no'],
      backfilledAt: ['When its past was read', 'no'],
      total: ['How many pull requests there are to read', 'no'],
      read: ['How many were read', 'no'],
      labelledElsewhereAt: ['When another tool than this App moved its labels', 'no'],
      countedFrom: ['From which week on its changes are counted', 'no'],
    },
  },
  records: {
    title: 'Records of pull requests',
    purpose: 'What GitHub told of a pull request: the facts that every number is derived from',
    kept: factsKept,
    fields: {
      tenantId: whose,
      repositoryId: repositoryNumber,
      number: pullRequestNumber,
      sha: [
        'Hash of a commit that was pushed straight to the branch; empty for a pull request',
        'by looking it up',
      ],
      headSha: ['Its newest commit: the check belongs to it', 'by looking it up'],
      state: ['Open, closed, merged, or gone', 'no'],
      activeAt: ['When something happened in it last: decides how long it is kept', 'no'],
      removedAt: ['When it was deleted on GitHub', 'no'],
      document: [
        'Times, sizes, reviews, commits and marks of tools, with people as keys. No title, no description, no name, no address, no line of code; of commit messages only trailers and marks (docs/definitions.md has every field)',
        'as a key',
      ],
    },
  },
  recordKeys: {
    title: 'Keys of records',
    purpose: 'To find what a revert takes back, by hashes, without a text being kept',
    kept: 'As long as its record',
    fields: {
      tenantId: whose,
      key: ['A part of a commit’s hash, a keyed hash of a title, or a number', 'no'],
      role: ['Whether it names the record or is claimed by it', 'no'],
      repositoryId: repositoryNumber,
      number: pullRequestNumber,
      sha: ['Hash of the commit, where the record is one', 'by looking it up'],
    },
  },
  changes: {
    title: 'Changes',
    purpose: 'What is counted of each pull request, a row each: reports are made of these alone',
    kept: `${factsKept}. What was counted in a published report stays as numbers, without number, record or repository’s name, until no report reaches back to it`,
    fields: {
      tenantId: whose,
      repositoryId: repositoryNumber,
      number: ['Number of the pull request; one below zero stands for none', 'by looking it up'],
      person: [
        'Whose change it is: so that no group is shown with few people, and for the page of one’s own',
        'as a key',
      ],
      openedAt: ['When it was opened', 'by looking it up'],
      readyAt: ['When it was ready for review: starts the clock', 'by looking it up'],
      mergedAt: ['When it was merged: ends the clock', 'by looking it up'],
      closedAt: ['When it was closed without a merge', 'by looking it up'],
      revertedAt: ['When it was taken back', 'by looking it up'],
      readAt: ['When it was read', 'no'],
      toldUntil: ['The last time that its record tells of', 'no'],
      countedFrom: ['From which week on it is counted', 'no'],
      leftAt: ['When its repository ceased to be counted', 'no'],
      goneAt: ['Until when it is known, where its record was deleted', 'no'],
      pickupSeconds: ['From ready to the first review', 'no'],
      reviewSeconds: ['From the first review to the approval', 'no'],
      mergeWaitSeconds: ['From the approval to the merge', 'no'],
      authoredToMergedSeconds: ['From the first commit to the merge', 'no'],
      rounds: ['Review rounds', 'no'],
      changesRequested: ['How often changes were requested', 'no'],
      laterPushes: ['Pushes after the first review', 'no'],
      laterLines: ['Lines changed after the first review', 'no'],
      threads: ['Conversations of the review', 'no'],
      flags: ['What is unusual about it, as bits', 'no'],
      codes: ['Group, tier of evidence, size band and outcome, as bytes', 'no'],
      registry: ['By which version of the list of tools it was read', 'no'],
      asOf: ['As of when its document is', 'no'],
      document: ['The same in full, for the check and the page of one’s own', 'as a key'],
    },
  },
  revertLinks: {
    title: 'Links between reverts',
    purpose: 'Which change was taken back by which',
    kept: 'As long as the record of the change',
    fields: {
      tenantId: whose,
      repositoryId: repositoryNumber,
      number: pullRequestNumber,
      position: ['Order', 'no'],
      rung: ['By which sign it was found', 'no'],
      confidence: ['How sure that sign is', 'no'],
      at: ['When', 'no'],
      byNumber: ['The pull request that took it back', 'by looking it up'],
      bySha: ['The commit that took it back', 'by looking it up'],
      partial: ['Only a part of it was', 'no'],
      bulk: ['Many were at once', 'no'],
      restoredAt: ['When it came back', 'no'],
      restoredByNumber: ['The pull request that brought it back', 'by looking it up'],
      restoredBySha: ['The commit that brought it back', 'by looking it up'],
      uncounted: ['Why it does not count, where it does not', 'no'],
    },
  },
  corrections: {
    title: 'Declarations',
    purpose: 'What people said of a change with the buttons of its check',
    kept: 'As long as the record of the change',
    fields: {
      tenantId: whose,
      correctionId: ['The delivery that brought it, so that none is heard twice', 'no'],
      repositoryId: repositoryNumber,
      number: pullRequestNumber,
      claim: ['What was said: AI-assisted, agent-authored, no AI', 'no'],
      person: ['Who said it: so that the same person can take it back', 'as a key'],
      role: ['The author, or somebody who may write to the repository', 'no'],
      saidAt: ['When it was said', 'no'],
      recordedAt: ['When the App learned of it', 'no'],
      undoneAt: ['When it was taken back', 'no'],
    },
  },
  forgottenPeople: {
    title: 'People who had their data erased',
    purpose: 'So that what is read later is not kept as theirs',
    kept: untilErased,
    fields: {
      tenantId: whose,
      mark: [
        'A keyed hash for this alone: nothing else that is kept holds it, and it leads to no change',
        'as a key',
      ],
    },
  },
  checks: {
    title: 'Published checks',
    purpose: 'To bring the check of a pull request up to date in place of making a second one',
    kept: 'As long as the record of the change',
    fields: {
      tenantId: whose,
      repositoryId: repositoryNumber,
      number: pullRequestNumber,
      headSha: ['The commit that it stands on', 'by looking it up'],
      checkRunId: ['GitHub’s number of the check', 'by looking it up'],
      digest: ['Of what was published, to tell whether it would change', 'no'],
    },
  },
}
