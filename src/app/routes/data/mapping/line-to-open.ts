/** Where a finding about the map is put right. */

import type { Mapping } from '../../../../core/data/crosswalk/mapping/mapping.ts'
import type { MappingFinding } from '../../../../core/data/crosswalk/plan/crosswalk.ts'

/** 0-based line that the finding is about or, for a target that no confirmed line fills, the first that waits to fill it; null for none. */
export function lineToOpen({ line, what }: MappingFinding, mapping: Mapping): number | null {
  if (line !== null) return line
  const at = mapping.fields.findIndex(
    ({ status, target }) => status === 'suggested' && (target === what || target.startsWith(`${what}.`)),
  )
  return at < 0 ? null : at
}
