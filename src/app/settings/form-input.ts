import type { Context } from 'hono'

/** What was typed, as it was: each field as often as it was sent. */
export type FormInput = Readonly<Record<string, readonly string[]>>

/** A form of ours has texts alone: a file that somebody sends in a field is none of it. */
export async function readFormInput(context: Context): Promise<FormInput> {
  const sent = await context.req.parseBody({ all: true })
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [
      name,
      [value].flat().filter((one) => typeof one === 'string'),
    ]),
  )
}
