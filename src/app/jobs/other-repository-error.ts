/** The name that is kept of a repository is out of date: it means another one by now. */
export class OtherRepositoryError extends Error {
  override readonly name = 'OtherRepositoryError'
}
