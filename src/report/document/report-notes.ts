/** Printed below every report (docs/method.md, From numbers to words). */
export const reportNotes = [
  'This compares changes; it does not prove that AI caused the difference. People choose when to use AI.',
  '95 % interval: ranges made this way contain the true value about 95 times in 100.',
  'Nothing recorded is no evidence that no AI was used: "no AI recorded" holds changes on which it was used without a trace.',
  'No number here is about a person, and none may be used to judge one.',
] as const
