/** The field of a form that carries the session's own secret. */
export const formTokenField = 'form-token'
