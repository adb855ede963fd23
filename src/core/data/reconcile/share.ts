/** A share of the patients in memory, each with all that both sides hold about them. */

import { hash32 } from '../../random.ts'
import type { CellCoverage } from '../crosswalk/plan/coverage.ts'
import type { PairPlan } from '../crosswalk/plan/plan.ts'
import type { PairSource } from '../crosswalk/plan/sides.ts'
import type { PassOver } from '../read/json/ndjson.ts'
import type { Group } from './entries/items.ts'
import { type PatientKeys, type Reading, readSides, type SideSink } from './entries/read-sides.ts'
import type { WholeRecords } from './entries/whole-records.ts'

/** Which patients a pass keeps. */
export type Keep = (patient: string) => boolean

export interface ReadShare {
  readonly groups: Map<string, Group>
  /** Records per input that were paired. */
  readonly tested: Map<number, number>
  /** Reasons and counts of what could not be placed. */
  readonly unplaced: Map<string, number>
  /** Where records are kept as they were read, for charts; absent where values are enough. */
  readonly whole?: WholeRecords
  /** Where filled cells are counted. */
  readonly coverage?: CellCoverage
}

export function shareOf(shares: number, share: number): Keep {
  return shares === 1 ? () => true : (patient) => hash32(patient, 0x7061) % shares === share
}

/** Reads every input and keeps what belongs to the share. Yields bytes done of the file being read. */
export function readShare(
  inputs: readonly PairSource[],
  plan: PairPlan,
  keys: PatientKeys,
  keep: Keep,
  into: ReadShare,
  signal: AbortSignal,
  passOver?: PassOver,
): AsyncGenerator<Reading> {
  return readSides(inputs, plan, keys, groupsOf(into, keep), signal, passOver)
}

/** Puts what is read into groups of one patient each. */
function groupsOf(into: ReadShare, keep: Keep): SideSink {
  const { whole, coverage } = into
  return {
    keep,
    everyTable: whole !== undefined,
    header(input, source, header, nulls) {
      whole?.header(input, source, header, nulls)
      coverage?.header(source, header, nulls)
    },
    legacy(read) {
      whole?.legacy(read)
      coverage?.row(read.row)
      const { input, patient, items, without, source } = read
      if (without === 'no-patient') count(into.unplaced, `rows of ${source} name no patient`)
      if (items.length > 0) count(into.tested, input)
      const group = items.length > 0 ? groupOf(into.groups, patient) : null
      for (const item of items) group?.legacy.push(item)
    },
    target(patient, item, resource) {
      whole?.resource(patient, item.place, resource)
      count(into.tested, item.place.input)
      groupOf(into.groups, patient).target.push(item)
    },
    listed(patient, state, resource, input) {
      whole?.unread(resource, input, null)
      groupOf(into.groups, patient).listed.push(state)
    },
    ...(whole
      ? {
          otherTable: (record, input) => whole.otherTable(record, input),
          everyResource: (resource) => whole.listed(resource),
        }
      : {}),
    setAside(resource, by, input) {
      whole?.unread(resource, input, by)
    },
    unplaced(what, resource, input) {
      if (resource) whole?.unread(resource, input, null)
      count(into.unplaced, what)
    },
  }
}

function groupOf(groups: Map<string, Group>, key: string): Group {
  let group = groups.get(key)
  if (!group) {
    group = { key, legacy: [], target: [], listed: [] }
    groups.set(key, group)
  }
  return group
}

function count<Key>(into: Map<Key, number>, key: Key): void {
  into.set(key, (into.get(key) ?? 0) + 1)
}
