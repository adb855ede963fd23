/** The history of a shared map as its panel shows it: named versions, who changed what between them, and the maps at any moment of it. */
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import {
  countsOf,
  type EditLine,
  type EditLog,
  logAt,
  type VersionLine,
  versionsOf,
} from '../../../../core/workflow/together/edit-log.ts'
import { changesIn, type MadeChange } from '../../../../core/workflow/together/history.ts'
import { shownBy } from '../../../../core/workflow/together/joined-map.ts'

export interface Chapter {
  /** Null for what was changed since the last version. */
  readonly version: VersionLine | null
  /** Changes that lead to it, the newest first. */
  readonly changes: readonly MadeChange[]
}

/** The maps at some moment: how many changes of each device they hold. */
export type Moment = VersionLine['upto']

/** The newest first; what nobody named comes before the first version. @param most changes that are read one by one, the last ones */
export function chaptersOf(id: string, log: EditLog, most: number): readonly Chapter[] {
  const versions = versionsOf(log)
  const chapters = [null, ...versions].map((version) => ({ version, changes: [] as MadeChange[] }))
  for (const change of changesIn(id, log, most)) {
    if (change.differences.length === 0) continue
    const { device, from } = change.edit
    // The oldest version that holds it: one changed since the last is in the working copy.
    const at = versions.findLastIndex(({ upto }) => from <= (upto[device] ?? 0))
    chapters[at + 1]?.changes.unshift(change)
  }
  return chapters
}

/** As the maps were when they were shared. */
export const beginning: Moment = {}

/** Right after a change. */
export function momentOf(log: EditLog, edit: EditLine): Moment {
  return countsOf(log.edits.slice(0, log.edits.indexOf(edit) + 1))
}

export function stateAt(id: string, log: EditLog, upto: Moment): Workflow {
  return shownBy(id, logAt(log, { upto }))
}
