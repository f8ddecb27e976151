/** The reader of the results had enough, as `head` does: no failure, but there is nothing left to do. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed'
}
