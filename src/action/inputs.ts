import * as z from 'zod/mini'

const flag = (preset: boolean) => z._default(z.stringbool({ error: 'use true or false' }), preset)

/** The Action's inputs as action.yml describes them; an empty text is an input that was not given. */
const InputsSchema = z.object({
  mode: z._default(z.enum(['tag', 'report'], { error: "use 'tag' or 'report'" }), 'tag'),
  'github-token': z
    .string({
      error:
        'it is empty, as a secret is that does not exist or that a fork may not read; leave the input out to use the token of the job',
    })
    // Anything else cannot stand in a header, and would be quoted in the message that says so.
    .check(
      z.regex(
        /^[!-~]{1,10000}$/,
        'it has characters that no token has; set it to a token in one line',
      ),
    ),
  'pull-request': z.optional(
    z.pipe(
      z.string().check(z.regex(/^[1-9]\d{0,8}$/, 'use the number of a pull request')),
      z.transform(Number),
    ),
  ),
  labels: flag(true),
  'label-prefix': z._default(
    z
      .string()
      .check(
        z.regex(/^[A-Za-z0-9][\w.:/ -]{0,14}$/, 'use 1 to 15 letters, digits, spaces or . : / _ -'),
      ),
    'ai:',
  ),
  'tool-labels': flag(false),
  config: z._default(
    z
      .string()
      .check(z.regex(/^(?!\/)(?!.*\.\.)[\w./-]{1,200}$/, 'use a path inside the repository')),
    '.github/what-shipped.yml',
  ),
  summary: flag(true),
  issue: flag(false),
  'pseudonym-key': z.optional(
    // What it is never gets into a message.
    z
      .string()
      .check(z.regex(/^[!-~]{32,1000}$/, 'use at least 32 letters, digits or signs, in one line')),
  ),
  'records-file': z.optional(
    z.string().check(z.regex(/^[^\0\r\n]{1,1000}$/, 'use the path of a file, in one line')),
  ),
})

export type Inputs = z.infer<typeof InputsSchema>
type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the inputs from the variables in which the runner hands them over (`INPUT_GITHUB-TOKEN`).
 *
 * @throws Error whose message names the input and what it should be
 */
export function readInputs(environment: Environment): Inputs {
  const given = Object.keys(InputsSchema.shape).map((name) => {
    const value = environment[`INPUT_${name.toUpperCase()}`]?.trimStart()
    // A prefix may end with a space: "AI " makes "AI assisted".
    const text = name === 'label-prefix' ? value : value?.trimEnd()
    return [name, text === '' ? undefined : text] as const
  })
  const inputs = InputsSchema.safeParse(Object.fromEntries(given))
  if (inputs.success) return inputs.data
  const issue = inputs.error.issues[0]
  throw new Error(`Input ${issue?.path.join('.')}: ${issue?.message}`, { cause: inputs.error })
}
