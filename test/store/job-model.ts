import type { ClaimedJob, JobClaim, JobName, NewJob } from '../../src/store/index.ts'

interface ModelJob {
  readonly name: JobName
  payload: string | null
  payloadAt: number
  priority: number
  due: number
  enqueuedAt: number
  state: 'waiting' | 'running' | 'dead'
  again: { due: number; priority: number; at: number } | null
  tries: number
}

interface ModelTurn {
  token: number
  served: number
  pausedUntil: number
  leaseUntil: number
}

/** The queue as `Jobs` describes it, in the plainest form. */
export class JobModel {
  readonly jobs = new Map<string, ModelJob>()
  readonly #turns = new Map<number, ModelTurn>()
  #served = 0

  enqueue(job: NewJob, now: number): void {
    const { tenantId, kind, subject, due, priority } = job
    this.#turn(tenantId)
    const name = { tenantId, kind, subject }
    const known = this.jobs.get(keyOf(name))
    if (known === undefined || known.state === 'dead') {
      this.jobs.set(keyOf(name), {
        name,
        ...this.#laterPayload(job, known),
        priority,
        due,
        enqueuedAt: now,
        state: 'waiting',
        again: null,
        tries: 0,
      })
      return
    }
    Object.assign(known, this.#laterPayload(job, known))
    if (known.state === 'running') {
      const { again } = known
      known.again = {
        due: Math.min(again?.due ?? due, due),
        priority: Math.min(again?.priority ?? priority, priority),
        at: again?.at ?? now,
      }
    } else {
      known.due = Math.min(known.due, due)
      known.priority = Math.min(known.priority, priority)
    }
  }

  claim(now: number, lease: number, kinds?: readonly string[]): Partial<ClaimedJob> | undefined {
    const claimable = [...this.jobs.values()].filter(({ name, state, due }) => {
      const turn = this.#turn(name.tenantId)
      const isFree = turn.leaseUntil <= now && turn.pausedUntil <= now
      return isFree && state !== 'dead' && due <= now && kinds?.includes(name.kind) !== false
    })
    const [first] = claimable.toSorted(
      (one, other) =>
        this.#turn(one.name.tenantId).served - this.#turn(other.name.tenantId).served ||
        one.name.tenantId - other.name.tenantId ||
        this.#priorityOf(one) - this.#priorityOf(other) ||
        one.due - other.due ||
        (keyOf(one.name) < keyOf(other.name) ? -1 : 1),
    )
    if (first === undefined) return undefined
    const turn = this.#turn(first.name.tenantId)
    for (const job of this.jobs.values()) {
      if (job.name.tenantId === first.name.tenantId && job.state === 'running') this.#wait(job)
    }
    this.#served += 1
    turn.served = this.#served
    turn.token = Math.max(turn.token + 1, now)
    turn.leaseUntil = now + lease
    first.state = 'running'
    first.tries += 1
    const { name, payload, priority, tries, due, enqueuedAt } = first
    return { ...name, payload, priority: priority as 0, tries, due, enqueuedAt, token: turn.token }
  }

  extend(claim: JobClaim, leaseUntil: number): boolean {
    if (!this.#holds(claim)) return false
    this.#turn(claim.tenantId).leaseUntil = leaseUntil
    return true
  }

  finish(claim: JobClaim): boolean {
    return this.#end(claim, (job) => {
      if (job.again === null) this.jobs.delete(keyOf(job.name))
      else this.#runAgain(job)
    })
  }

  bury(claim: JobClaim): boolean {
    return this.#end(claim, (job) => {
      if (job.again === null) job.state = 'dead'
      else this.#runAgain(job)
    })
  }

  retry(claim: JobClaim, at: number): boolean {
    return this.#end(claim, (job) => {
      this.#wait(job)
      job.due = at
    })
  }

  release(claim: JobClaim): boolean {
    return this.#end(claim, (job) => {
      this.#wait(job)
      job.tries -= 1
    })
  }

  pause(tenantId: number, until: number): void {
    const turn = this.#turn(tenantId)
    turn.pausedUntil = Math.max(turn.pausedUntil, until)
  }

  replay(name: JobName, now: number): boolean {
    const job = this.jobs.get(keyOf(name))
    if (job?.state !== 'dead') return false
    Object.assign(job, { state: 'waiting', tries: 0, due: now })
    return true
  }

  nextDue(): number | undefined {
    const times = [...this.jobs.values()]
      .filter(({ state }) => state !== 'dead')
      .map(({ name, due }) => {
        const { pausedUntil, leaseUntil } = this.#turn(name.tenantId)
        return Math.max(due, pausedUntil, leaseUntil)
      })
    return times.length === 0 ? undefined : Math.min(...times)
  }

  count(state: ModelJob['state']): number {
    return [...this.jobs.values()].filter((job) => job.state === state).length
  }

  #laterPayload({ payload, payloadAt = 0 }: NewJob, known: ModelJob | undefined) {
    if (payload !== undefined && payloadAt >= (known?.payloadAt ?? 0)) return { payload, payloadAt }
    return { payload: known?.payload ?? null, payloadAt: known?.payloadAt ?? 0 }
  }

  #end(claim: JobClaim, end: (job: ModelJob) => void): boolean {
    if (!this.#holds(claim)) return false
    const job = this.jobs.get(keyOf(claim))
    if (job !== undefined) end(job)
    this.#turn(claim.tenantId).leaseUntil = 0
    return true
  }

  #holds({ tenantId, token }: JobClaim): boolean {
    const turn = this.#turn(tenantId)
    return turn.token === token && turn.leaseUntil > 0
  }

  #runAgain(job: ModelJob): void {
    const { due, priority, at } = job.again ?? { due: job.due, priority: job.priority, at: 0 }
    Object.assign(job, { state: 'waiting', tries: 0, due, priority, enqueuedAt: at, again: null })
  }

  #wait(job: ModelJob): void {
    job.state = 'waiting'
    job.priority = this.#priorityOf(job)
    job.again = null
  }

  /** One that lost its lease waits with the priority that was asked for meanwhile. */
  #priorityOf({ priority, again }: ModelJob): number {
    return Math.min(priority, again?.priority ?? priority)
  }

  #turn(tenantId: number): ModelTurn {
    const known = this.#turns.get(tenantId)
    if (known !== undefined) return known
    const turn = { token: 0, served: 0, pausedUntil: 0, leaseUntil: 0 }
    this.#turns.set(tenantId, turn)
    return turn
  }
}

function keyOf({ tenantId, kind, subject }: JobName): string {
  return `${tenantId} ${kind} ${subject}`
}
