/** What to know about a change before its numbers are read, by the name that stands in `Change.flags`. */
export const changeFlags = {
  'approximate-start':
    'When it became ready is taken from its opening, since the history of its draft state is not told.',
  'approximate-exposure':
    'What was recorded at a start rests on dates that a client set, or on a state whose time is not told.',
  'client-dates':
    "Its merge is dated by the committer's clock and its start is not known: a clone has no other times.",
  'clock-skew': 'A time lay before one that must come first; it was moved, so nothing is negative.',
  'merged-from-draft': 'It was a draft when it was merged.',
  'reviewed-in-draft': 'Another person reviewed it before it was ready; the pickup is then 0.',
  redrafted: 'It was made a draft again after it had been ready; that stops no clock.',
  retargeted: 'Its base branch was changed.',
  'history-rewritten': 'Commits on its branch were replaced by others.',
  'first-commit-clipped':
    'Its first commit is older than 90 days before the opening and counts as 90 days.',
  'indirect-merge': 'It was put on the branch outside the merge button.',
  'merged-without-approval': 'No approval of another person stood when it was merged.',
  'unknown-reviewer': 'A deleted account reviewed it, which is taken for another person.',
  'rebase-unknown':
    'Several heads were reviewed and it cannot be told which of them differ only by a rebase.',
  'pushes-estimated': 'Pushes are estimated from force pushes and the dates of commits.',
  'late-label': 'Its assistance rests on a label that a vendor wrote after the merge.',
} as const satisfies Readonly<Record<string, string>>

export type ChangeFlag = keyof typeof changeFlags
