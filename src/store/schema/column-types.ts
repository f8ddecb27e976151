/** The one type that the engines call by different names. */
export interface ColumnTypes {
  readonly bytes: 'blob' | 'bytea'
}
