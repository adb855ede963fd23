/** Columns whose names are cells of the file and nothing more: a first row that was taken for the header may hold values of a patient. */
import type { CompiledSchema } from '../model/constraint.ts'
import type { ReadingChoices } from '../model/source.ts'

/** Numbers, from 1, of the columns that neither the schema nor a person who chose the header rows vouches for. */
export function undeclaredColumns(
  header: readonly string[],
  schema: Pick<CompiledSchema, 'nulls' | 'constraints'>,
  reading: ReadingChoices,
): readonly number[] {
  if (reading.headerRows !== undefined) return []
  const declared = new Set([...schema.nulls.keys(), ...schema.constraints.flatMap(({ on }) => on.fields)])
  for (const { check, params } of schema.constraints)
    if (check === 'data/header' && Array.isArray(params.names)) for (const name of params.names) declared.add(String(name))
  return header.flatMap((field, index) => (declared.has(field) ? [] : [index + 1]))
}

export interface NamedColumns {
  readonly structure: { readonly header: readonly string[] } | null
  readonly undeclared?: readonly number[]
}

/** `column 3` in place of a name that nobody declared. */
export function maskedField(name: string, input: NamedColumns | undefined): string {
  const number = (input?.structure?.header.indexOf(name) ?? -1) + 1
  return number > 0 && input?.undeclared?.includes(number) ? `column ${number}` : name
}
