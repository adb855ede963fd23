/** Survival outcomes of workflow.md §4, as the criteria read them. */

const gone: ReadonlySet<string> = new Set(['eliminated', 'reduced'])

/** True when the finding still holds in the future workflow; unjudged counts as still there. */
export function staysInFuture(outcome: string | null): boolean {
  return outcome === null || !gone.has(outcome)
}
