/** Which tables of a project may hold medicines that no comparison has seen: who says that there are none has to answer for them first. */
import type { FieldLine } from '../../data/crosswalk/mapping/mapping.ts'
import { safetyByName } from '../../data/knowledge/data-dictionary.ts'
import type { SourceEntry } from '../../data/model/source.ts'

/** Names of tables, each once: of either side where the name says medicines, of legacy where no line of the field map speaks of the table. */
export function maybeMedicines(sources: readonly SourceEntry[], fields: readonly FieldLine[]): readonly string[] {
  const spoken = new Set(fields.flatMap(({ source, status }) => (status === 'unmapped' ? [] : [source])))
  const found = sources.filter(
    ({ side, table }) => safetyByName(table) === 'active-medication' || (side === 'legacy' && !spoken.has(table)),
  )
  return [...new Set(found.map(({ table }) => table))]
}
