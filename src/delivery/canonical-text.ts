/**
 * The same text for the same facts, whatever order their keys stand in: to tell whether two are equal, and to put them in
 * an order that hangs on nothing else.
 */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isRecord(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => compare(one, other)))
      : inner,
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Negative, zero or positive, as for sorting: by number, or by UTF-16 code unit and so the same on every machine. */
export function compare<Value extends number | string>(one: Value, other: Value): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
