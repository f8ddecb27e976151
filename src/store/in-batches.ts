/** Of one transaction: deliveries are not acknowledged meanwhile by the embedded database. */
const batchSize = 500

/** Things in parts, in their order, each for a transaction of its own. */
export function inBatches<Thing>(things: readonly Thing[]): readonly (readonly Thing[])[] {
  return Array.from({ length: Math.ceil(things.length / batchSize) }, (_, place) =>
    things.slice(place * batchSize, (place + 1) * batchSize),
  )
}
