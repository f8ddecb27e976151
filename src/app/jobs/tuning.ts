const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** How jobs are worked off. Times in milliseconds. */
export const tuning = {
  /** A job whose worker was killed waits so long for another. Longer than any one call with its retries. */
  lease: 2 * minute,
  extendEvery: 30 * second,
  /** More than this and it fails for a reason that waiting does not cure. */
  maximumTries: 10,
  /** Before the second try at most so long, doubled each time: ten tries outlast two hours of an outage of GitHub's. */
  firstBackOff: 30 * second,
  longestBackOff: 2 * hour,
  /** Jobs are network calls: four at once keep a small machine busy. No tenant has more than one. */
  jobsAtOnce: 4,
  deliveriesAtOnce: 20,
  /**
   * What a job found out of reach is looked up so much later: where GitHub's answers do not fit together, looking and failing
   * would take turns without a pause.
   */
  lookUpInstallationAfter: minute,
  lookUpRepositoriesAfter: 10 * minute,
  /** A look at a merged change that cannot be had now: nobody asks for it again. */
  outOfReachAgain: day,
  /** How often is looked for what another process enqueued, or what has come due. */
  lookEvery: second,
  /** A container gets 10 seconds (docker stop) from the signal until it is killed. */
  stopWithin: 8 * second,
  /** Limits end for everybody at once. */
  limitJitter: 30 * second,

  /** A page of pull requests: some seconds, after which live jobs of the tenant have their turn. */
  recordsAtOnce: 25,
  readingAtOnce: 20 * second,
  /** Read replicas lag behind, and clocks differ: so much is read twice. */
  overlap: 10 * minute,
  /** Reverts that were pushed straight to the branch may carry an older date. */
  branchOverlap: 2 * day,
  reconcileEvery: 6 * hour,
  /** A process that starts anew does not read every repository anew: what was reconciled so lately waits. */
  reconcileAgain: hour,
  findInstallationsEvery: 6 * hour,
  redeliverEvery: 10 * minute,
  /** GitHub keeps its log for three days, an Enterprise Server for seven. */
  logKept: 7 * day,
  /** What did not come in is asked for again after so long, doubled each time: nine times in three days. */
  redeliverAgain: 10 * minute,
  /** While we refuse everything as we are set up, for another secret for one, something is asked for so often to see whether it is over. */
  refusedAgain: hour,
  /** In one look: 480 an hour. GitHub lets an App write 80 times a minute and 500 times an hour. */
  redeliveriesAtOnce: 80,
  /** Some megabytes of settings; at 480 an hour, more could hardly be asked for before the log forgets them. */
  missedRemembered: 20_000,
  purgeEvery: day,
  /** Several events of one pull request become one update: GitHub allows 80 writes a minute and 500 an hour. */
  publishAfter: 10 * second,
  /** Open pull requests that get a new statement: 400 an hour, of the 500 writes that there are. */
  refreshEvery: 9 * second,
  /** Of one transaction: deliveries are not acknowledged meanwhile by the embedded database. */
  repositoriesAtOnce: 500,
  /** A branch gets many pushes at once when a queue merges. */
  branchAfter: minute,
  /** GitHub's read replicas lag behind its deliveries (RELIABILITY.md, G8). */
  lagDelays: [second, 5 * second, 30 * second, 5 * minute],
  /** When a merged change is looked at again. */
  fateAfter: { '14d': 14 * day, '30d': 30 * day },

  /** From Monday 00:00 UTC until the week's snapshot: what happened before has been read by then, mostly. */
  snapshotAfter: 2 * hour,
  /**
   * A repository that cannot be read keeps the others' snapshot back so long, and is then counted no further than it was read: it is
   * lost from the reports until it can be read, but not a week of all the others.
   */
  snapshotPatience: 6 * day,
  snapshotRetry: 10 * minute,
  /**
   * After the installation, the organisation's first snapshot waits so long for repositories that were not read yet. Of one that is
   * read later only what happens from then on is counted, so that this must be enough to read all of nearly every organisation: in a
   * day it is for some 400,000 changes (25 in five seconds). What is not read by then cannot be read, and may take for ever.
   */
  organisationPatience: day,

  bodiesKept: 7 * day,
  auditKept: 365 * day,
  /** Sessions idle for longer are over (RELIABILITY.md, section 6). */
  sessionsIdle: 8 * hour,
  /** Between the App's removal and the erasure of what is kept. */
  grace: 30 * day,
} as const
