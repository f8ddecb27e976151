/** Version of the method (docs/method.md): another one may give another answer to the same records. */
export const METHOD_VERSION = '1'
