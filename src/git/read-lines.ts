/** Cuts a stream into lines without their ends; the last one may lack its end. For ids and names of refs: Latin-1. */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<string, void, undefined> {
  let held = ''
  for await (const chunk of chunks) {
    const lines = (held + chunk.toString('latin1')).split('\n')
    held = lines.pop() ?? ''
    yield* lines
  }
  if (held !== '') yield held
}
