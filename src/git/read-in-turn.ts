type Items<T> = AsyncGenerator<T, void, undefined>

/** Gives the items of one source after the other, and has each source begin with its work when the one before it is read. */
export async function* readInTurn<T>(sources: Iterable<Items<T>>): Items<T> {
  const iterator = sources[Symbol.iterator]()
  let begun = begin(iterator)
  try {
    while (begun !== undefined) {
      const { items, first } = begun
      begun = begin(iterator)
      try {
        for (let item = await first; !item.done; item = await items.next()) yield item.value
      } finally {
        await items.return()
      }
    }
  } finally {
    await begun?.items.return()
  }
}

function begin<T>(sources: Iterator<Items<T>>) {
  const { done, value: items } = sources.next()
  if (done) return undefined
  const first = items.next()
  // It is awaited when its turn comes, and thrown then; Node would end the process for it before.
  first.catch(() => undefined)
  return { items, first }
}
