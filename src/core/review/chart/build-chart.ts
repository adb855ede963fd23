/** The chart of one judged patient: every entry of both sides, aligned through the pairing, and what takes no part in it. */

import { domainOf } from '../../data/crosswalk/plan/elements.ts'
import type { AllergyState, ItemPlace } from '../../data/crosswalk/plan/sides.ts'
import { severityOf, titleOf } from '../../data/reconcile/compare/difference-codes.ts'
import type { JudgedItem, JudgedPatient } from '../../data/reconcile/compare/judged-patient.ts'
import type { LegacyItem, TargetItem } from '../../data/reconcile/entries/items.ts'
import type { UntakenResource, UntakenRow, WholeView } from '../../data/reconcile/entries/whole-records.ts'
import { type Severity, severities } from '../../finding.ts'
import {
  allergyStateRow,
  allergyStateWords,
  type Chart,
  type ChartEntry,
  type ChartRow,
  type ChartSection,
  type ChartSectionId,
  chartSections,
  type ProgramNote,
} from '../model/chart.ts'
import type { PairItem } from '../model/pair-types.ts'
import { alarmsOf } from './alarms.ts'
import { causesOf } from './causes.ts'
import { personOf } from './heading.ts'
import { legacyEntry, untakenEntry } from './legacy-entry.ts'
import { withNames } from './named-references.ts'
import { sectionOfType, sectionOfWords, sectionsKnown } from './sections.ts'
import { recordText, rowText } from './source-text.ts'
import { targetEntry, unreadEntry } from './target-entry.ts'

interface Placed {
  readonly section: ChartSectionId
  readonly row: ChartRow
}

/** `items` are those of the pair, in the order of `patient.items`. */
export function chartOf(patient: JudgedPatient, items: readonly PairItem[], whole: WholeView): Chart {
  const missing = patient.own.legacy ? (patient.own.target ? null : 'target') : patient.own.target ? 'legacy' : 'both'
  const alarms = alarmsOf(patient, items, missing)
  const causes = causesOf(patient, items, alarms)
  const builder = new ChartBuilder(patient, whole)
  const placed: Placed[] = [
    ...patient.items.flatMap((item, i) => {
      const pair = items[i]
      return pair ? [builder.row(item, pair)] : []
    }),
    ...whole.rowsWithoutLine(patient.key).map(rowWithoutLine),
    ...whole.resourcesWithoutLine(patient.key).map((one) => resourceWithoutLine(one, whole)),
  ]
  const heading = { legacy: personOf(patient.own.legacy), target: personOf(patient.own.target) }
  const known = { legacy: sectionsKnown(whole.kinds.legacy), target: sectionsKnown(whole.kinds.target) }
  const state = isAllergyStateKnown(patient, whole) ? allergyState(patient) : null
  const sections = chartSections.flatMap((id): ChartSection[] => {
    const own = placed.flatMap(({ section, row }) => (section === id ? [row] : []))
    if (id === 'other' && own.length === 0) return []
    const rows = id === 'allergies' && state ? [state, ...own] : own
    return [{ id, rows: rows.map((row) => ({ ...row, cause: causes.get(row.id) ?? null })) }]
  })
  const rows = sections.flatMap((section) => section.rows)
  return {
    key: patient.key,
    heading,
    missing,
    alarms,
    known,
    sections,
    differences: rows.filter(({ note }) => isDifferent(note)).length,
  }
}

function isDifferent({ cls }: ProgramNote): boolean {
  return cls !== 'same' && cls !== 'same-after-rule' && cls !== 'not-compared'
}

class ChartBuilder {
  private readonly whole: WholeView
  /** What else was made of the row at a place. */
  private readonly byRow = new Map<string, LegacyItem[]>()
  private readonly said = new Set<string>()

  constructor(patient: JudgedPatient, whole: WholeView) {
    this.whole = whole
    for (const { legacy } of patient.items) {
      if (!legacy) continue
      const held = this.byRow.get(placeName(legacy.place))
      if (held) held.push(legacy)
      else this.byRow.set(placeName(legacy.place), [legacy])
    }
  }

  row(item: JudgedItem, pair: PairItem): Placed {
    const section = item.table.isPatients ? 'demographics' : sectionOfType(item.table.type)
    return {
      section,
      row: {
        id: pair.id,
        legacy: item.legacy && this.legacy(item.legacy, section),
        target: item.target && this.target(item.target, section),
        note: noteOf(pair),
        cause: null,
      },
    }
  }

  private legacy(item: LegacyItem, section: ChartSectionId): ChartEntry {
    const name = placeName(item.place)
    const isFirst = !this.said.has(name)
    this.said.add(name)
    const rows = [item.place, ...(item.also ?? [])].flatMap((place) => this.whole.row(place) ?? [])
    const others = (this.byRow.get(name) ?? []).filter((other) => other !== item)
    return { ...legacyEntry(item, rows, others, isFirst, section), source: rowText(rows) }
  }

  private target(item: TargetItem, section: ChartSectionId): ChartEntry {
    const record = this.whole.resourceAt(item.place) ?? {}
    const nameOf = (reference: string): string | null => this.whole.nameOf(reference)
    return { ...targetEntry(item, record, section, nameOf), source: recordText(record) }
  }
}

function placeName({ input, record, byte }: ItemPlace): string {
  return `${input}:${record}:${byte}`
}

function noteOf({ cls, codes, fields }: PairItem): ProgramNote {
  const sentences = [
    ...codes.map((code) => `${titleOf(code)}.`),
    ...fields.flatMap(({ words, cls: own }) => (own === 'same' || !words ? [] : [words])),
  ]
  const found: readonly Severity[] = codes.map(severityOf)
  return { cls, codes, sentences: [...new Set(sentences)], severity: severities.find((one) => found.includes(one)) ?? null }
}

const silent: Pick<ProgramNote, 'codes' | 'severity'> = { codes: [], severity: null }

function rowWithoutLine(row: UntakenRow): Placed {
  const sentence = row.filter
    ? `A rule of the mapping leaves this row behind: ${row.filter.reason} (${row.filter.by}).`
    : 'No line of the mapping takes this row.'
  const section = sectionOfWords(row.table)
  return {
    section,
    row: {
      id: `${row.table}:${row.place.record}`,
      legacy: { ...untakenEntry(row, section), source: rowText([row]) },
      target: null,
      note: { cls: 'not-compared', sentences: [sentence], ...silent },
      cause: null,
    },
  }
}

function resourceWithoutLine({ type, place, value, aside }: UntakenResource, whole: WholeView): Placed {
  const sentence = aside
    ? `The mapping says that legacy does not account for this record: ${aside.reason} (${aside.by}).`
    : 'No line of the mapping speaks of this record.'
  const section = sectionOfType(type)
  return {
    section,
    row: {
      id: `${type}:${place.input}:${place.byte}`,
      legacy: null,
      target: {
        ...unreadEntry(
          type,
          withNames(value, (reference) => whole.nameOf(reference)),
          place,
          section,
        ),
        source: recordText(value),
      },
      note: { cls: 'not-compared', sentences: [sentence], ...silent },
      cause: null,
    },
  }
}

/** A list is said to be empty only where something is known to be its entries, or states it. */
function isAllergyStateKnown({ states }: JudgedPatient, { kinds }: WholeView): boolean {
  const isStated = states.legacy !== 'not-recorded' || states.target !== 'not-recorded'
  return isStated || [...kinds.legacy, ...kinds.target].some((type) => domainOf(type) === 'allergies')
}

/** The first row of allergies; null where neither side has the patient. */
function allergyState({ states, own, stateChanged }: JudgedPatient): ChartRow | null {
  const entry = (side: LegacyItem | TargetItem | null, state: AllergyState): ChartEntry | null =>
    side && {
      title: { label: null, text: allergyStateWords[state], reading: null, marks: [] },
      details: [],
      unmapped: [],
      place: side.place,
    }
  if (own.legacy === null && own.target === null) return null
  const codes = stateChanged ? ['data/allergy-state-changed'] : []
  return {
    id: allergyStateRow,
    legacy: entry(own.legacy, states.legacy),
    target: entry(own.target, states.target),
    note: {
      cls: stateChanged ? 'changed' : own.legacy && own.target ? 'same' : own.legacy ? 'lost' : 'appeared',
      codes,
      sentences: stateChanged ? ['The status of the allergy list changed.'] : [],
      severity: stateChanged ? 'critical' : null,
    },
    cause: null,
  }
}

/** A chart without anything in it, of a patient that nobody knows. */
export function emptyChart(key: string): Chart {
  return {
    key,
    heading: { legacy: null, target: null },
    missing: 'both',
    alarms: [],
    sections: chartSections.flatMap((id) => (id === 'other' ? [] : [{ id, rows: [] }])),
    differences: 0,
  }
}
