import type { html } from 'hono/html'

/** HTML in which every text is escaped. */
export type Html = ReturnType<typeof html>
