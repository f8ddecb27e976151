/** Said of numbers of both groups side by side that are as they are. */
export const notCompared =
  'As they are: the two groups may hold different kinds of work, so that this is no comparison, and there is no verdict.'
