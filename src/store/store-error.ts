/** The store could not do what it was asked to; the message says what, and what to do next. */
export class StoreError extends Error {
  override readonly name: string = 'StoreError'
}

/** There is no room left. */
export class StoreFullError extends StoreError {
  override readonly name = 'StoreFullError'
}

/** The database does not answer, or refuses to be asked. Later it may. */
export class StoreUnavailableError extends StoreError {
  override readonly name = 'StoreUnavailableError'
}

/** This machine's clock cannot be right: nothing that holds for good is done by it. */
export class ClockError extends StoreError {
  override readonly name = 'ClockError'
}

/** Somebody else has the job by now: nothing was written. */
export class LeaseLostError extends StoreError {
  override readonly name = 'LeaseLostError'
}

/** There is no such tenant, or no longer: nothing was written. */
export class UnknownTenantError extends StoreError {
  override readonly name = 'UnknownTenantError'
}
