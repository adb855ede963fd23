/** The tables of one file as sources of their own, once a run has found several. */
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import type { InputReport } from '../../../../core/data/model/validation.ts'

/**
 * The source itself and one more for every further table of its file, called as the run calls it: `visits.csv#2`.
 * They share the id, because they share the file.
 */
export function withLaterTables(
  source: SourceEntry,
  inputs: readonly Pick<InputReport, 'name' | 'side'>[] | undefined,
): readonly SourceEntry[] {
  if (source.reading.tableNumber !== undefined) return [source]
  const later = (inputs ?? []).flatMap(({ name, side }): SourceEntry[] => {
    if (side !== source.side || !name.startsWith(`${source.name}#`)) return []
    const number = Number(name.slice(source.name.length + 1))
    if (!Number.isInteger(number) || number < 2) return []
    return [{ ...source, name, table: `${source.table}#${number}`, reading: { ...source.reading, tableNumber: number } }]
  })
  return [source, ...later]
}
