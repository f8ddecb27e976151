import type { Figure } from '../figure.ts'

/** A figure without a limit: it is there to be looked at. */
export function told(name: string, value: number, unit: string, versus: string): Figure {
  return {
    name,
    value: Number(value.toPrecision(3)),
    unit,
    versus,
    limit: Number.POSITIVE_INFINITY,
    ok: true,
  }
}
