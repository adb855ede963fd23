/** How statements are written down. */

export function sql(text: string): { readonly sql: string; readonly must: boolean } {
  return { sql: text.trim(), must: false }
}

/** A statement that has to give at least one row. */
export function must(text: string): { readonly sql: string; readonly must: boolean } {
  return { sql: text.trim(), must: true }
}
