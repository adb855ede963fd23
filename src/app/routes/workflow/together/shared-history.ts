/** The history of a shared map as its panel shows it: named versions, and who changed what between them. */
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { type EditLog, logAt, type VersionLine, versionsOf } from '../../../../core/workflow/together/edit-log.ts'
import { changesIn, type MadeChange } from '../../../../core/workflow/together/history.ts'
import { shownBy } from '../../../../core/workflow/together/joined-map.ts'

export interface Chapter {
  /** Null for what was changed since the last version. */
  readonly version: VersionLine | null
  /** Changes that lead to it, the newest first. */
  readonly changes: readonly MadeChange[]
}

/** Changes that are read one by one; earlier ones are in the map and not in the list. */
const mostChanges = 200

/** The newest first; what nobody named comes before the first version. */
export function chaptersOf(id: string, log: EditLog): readonly Chapter[] {
  const versions = versionsOf(log)
  const chapters = [null, ...versions].map((version) => ({ version, changes: [] as MadeChange[] }))
  for (const change of changesIn(id, log, mostChanges)) {
    if (change.differences.length === 0) continue
    const { device, from } = change.edit
    // The oldest version that holds it: one changed since the last is in the working copy.
    const at = versions.findLastIndex(({ upto }) => from <= (upto[device] ?? 0))
    chapters[at + 1]?.changes.unshift(change)
  }
  return chapters
}

export function stateAt(id: string, log: EditLog, version: VersionLine): Workflow {
  return shownBy(id, logAt(log, version))
}
