/** Names under which projects keep a branch that is never deleted: the default branch, a stage, a release line. */
const longLived =
  /^(?:main|master|trunk|mainline|develop|dev|development|next|stable|unstable|edge|nightly|canary|alpha|beta|rc|preview|staging|stage|qa|test|testing|uat|preprod|prod|production|live|release|releases|latest|gh-pages|v?\d+(?:\.(?:\d+|x))*(?:-(?:stable|dev|lts))?|(?:release|releases|rel|stable|maint|maintenance|support|lts|branch)[/_-]v?\d+(?:[._-](?:\d+|x))*)$/i

/** Whether a branch lives on after a merge by its name: a pull request from one merges work that was merged before. */
export function isLongLivedBranch(name: string): boolean {
  return longLived.test(name)
}
