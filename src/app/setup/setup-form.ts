import * as z from 'zod'
import { isLoopbackHost } from '../loopback.ts'

const SetupSchema = z
  .object({
    account: z.enum(['organisation', 'person'], 'Choose one of the two.'),
    organisation: z.string().trim().default(''),
    name: z.string().trim().min(1, 'Give the App a name.').max(34, 'GitHub allows 34 characters.'),
    publicUrl: z.string().transform((value, context) => {
      const url = URL.parse(value.trim())
      const plain = url !== null && url.pathname === '/' && url.search === '' && url.hash === ''
      if (url === null || !plain || url.protocol !== 'https:' || url.username !== '') {
        context.addIssue('Give an address like https://what-shipped.example.com, without a path.')
        return z.NEVER
      }
      if (isLoopbackHost(url.hostname)) {
        context.addIssue('GitHub cannot reach that address: it is this machine’s own.')
        return z.NEVER
      }
      return url.origin
    }),
  })
  // GitHub's rule for logins.
  .refine(
    ({ account, organisation }) =>
      account === 'person' || /^[a-z\d](?:[a-z\d-]{0,38})$/i.test(organisation),
    {
      path: ['organisation'],
      message: 'Give the organisation’s name as it is in its address on GitHub.',
      when: () => true,
    },
  )

/** What the first step asks for. */
export type SetupChoice = z.infer<typeof SetupSchema>

export type SetupField = keyof SetupChoice

/** What was typed, as it was. */
export type SetupInput = Readonly<Partial<Record<SetupField, string>>>

export type SetupProblems = Readonly<Partial<Record<SetupField, string>>>

/** The choice, or what is wrong with each field. */
export function readSetupForm(
  input: SetupInput,
): { choice: SetupChoice; problems?: never } | { choice?: never; problems: SetupProblems } {
  const { data, error } = SetupSchema.safeParse(input)
  if (data !== undefined) return { choice: data }
  const problems: Partial<Record<SetupField, string>> = {}
  for (const { path, message } of error?.issues ?? []) {
    const field = SetupSchema.keyof().safeParse(path[0]).data
    if (field !== undefined) problems[field] ??= message
  }
  return { problems }
}
