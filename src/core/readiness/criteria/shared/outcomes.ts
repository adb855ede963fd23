import type { EvidenceOf } from '../../model/artifact.ts'

/** Survival outcomes of workflow.md §4, as the criteria read them. */

const gone: ReadonlySet<string> = new Set(['eliminated', 'reduced'])

/** True when the finding still holds in the future workflow; unjudged counts as still there. */
export function staysInFuture(outcome: string | null): boolean {
  return outcome === null || !gone.has(outcome)
}

/** True where no current step was held against the future: then nothing shows what became of the work of today. */
export function nothingCompared({ workflows }: EvidenceOf['comparison']): boolean {
  return workflows.every(({ traced }) => traced.of === 0)
}

export const nothingComparedWords = 'No current step is drawn, so nothing was compared'
