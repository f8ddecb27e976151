/**
 * Names under which projects keep a branch that is never deleted: the default branch, a stage, a release line. A bare number,
 * `test` or `branch-7` is as likely a person's own.
 */
const longLived =
  /^(?:main|master|trunk|mainline|develop|dev|development|stable|unstable|nightly|canary|alpha|beta|rc|preview|staging|stage|uat|preprod|prod|production|live|release|releases|latest|gh-pages|(?:v\d+|\d+\.(?:\d+|x))(?:\.(?:\d+|x))*(?:-(?:stable|dev|lts))?|(?:release|releases|rel|stable)[/_-]v?\d+(?:[._-](?:\d+|x))*|(?:maint|maintenance|support|lts|branch)[/_-]v?\d+(?:\.(?:\d+|x))+)$/i

/**
 * Whether a branch lives on after a merge by its name: a pull request from one of the repository itself merges work that was
 * merged before.
 */
export function isLongLivedBranch(name: string): boolean {
  return longLived.test(name)
}
