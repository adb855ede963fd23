/** Which tables a run read without a schema to hold them against. */
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import type { InputReport } from '../../../../core/data/model/validation.ts'

/** Sources that were read as a table and have no schema, in the order of the project. */
export function tablesWithoutSchema(
  sources: readonly SourceEntry[],
  inputs: readonly Pick<InputReport, 'name' | 'side' | 'structure'>[],
): readonly SourceEntry[] {
  return sources.filter(
    ({ name, side, schema }) =>
      schema === null && inputs.some((input) => input.name === name && input.side === side && input.structure !== null),
  )
}
