/** Gives the same items, and has the next one made while the reader is busy with the last. */
export async function* readAhead<T>(
  items: AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  let next = items.next()
  try {
    for (;;) {
      const item = await next
      if (item.done) return
      next = items.next()
      // It is awaited when the reader comes back, and thrown then; Node would end the process for it before.
      next.catch(() => undefined)
      yield item.value
    }
  } finally {
    await items.return()
  }
}
