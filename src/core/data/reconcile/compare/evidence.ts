/** What both sides show of themselves while they are read, and what a run concludes from it: zones that are not written, columns that links go by, digits that numbers have. */

import type { NotEvaluated } from '../../../finding.ts'
import type { BoundTable } from '../../crosswalk/plan/plan.ts'
import { FirstPatients } from '../entries/first-patients.ts'
import type { LegacyItem, TargetItem } from '../entries/items.ts'
import type { Assumed } from './assumed.ts'
import { type Assumption, assumedZones } from './assumed-zones.ts'
import { LinkEntries, linkIds } from './link-ids.ts'
import { DigitEntries, knownDigits } from './number-digits.ts'
import { SomeEntries, timeEntryOf } from './time-entries.ts'

export class PairEvidence {
  private readonly tables: readonly BoundTable[]
  private readonly patients = new FirstPatients(() => ({
    times: new SomeEntries(),
    links: new LinkEntries(),
    numbers: new DigitEntries(),
  }))

  constructor(tables: readonly BoundTable[]) {
    this.tables = tables
  }

  add(patient: string, item: LegacyItem | TargetItem): void {
    const held = this.patients.of(patient)
    if (held === null) return
    const time = timeEntryOf(item)
    if (time !== null) held.times.add(time)
    held.links.add(item)
    held.numbers.add(item)
  }

  settle(): {
    readonly assumed: Assumed
    readonly assumptions: readonly Assumption[]
    readonly notEvaluated: readonly NotEvaluated[]
  } {
    const patients = this.patients.list()
    const { zones, assumptions } = assumedZones(patients.map(({ times }) => times.list()))
    const { ids, notEvaluated } = linkIds(
      this.tables,
      patients.map(({ links }) => links),
    )
    const digits = knownDigits(patients.map(({ numbers }) => numbers))
    return { assumed: { ...zones, ids, digits }, assumptions, notEvaluated }
  }
}
