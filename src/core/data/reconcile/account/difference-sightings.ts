/** Differences as sightings: where to look on both sides, what convinced, for which patient. */
import type { Fact, Location, Severity, Sighting } from '../../../finding.ts'
import { shownText } from '../../crosswalk/compare/compare-field.ts'
import type { BoundField } from '../../crosswalk/plan/plan.ts'
import type { ItemPlace } from '../../crosswalk/plan/sides.ts'
import { type PairCode, severityOf } from '../compare/difference-codes.ts'
import type { ItemDifference, JudgedItem, JudgedPatient } from '../compare/judged-patient.ts'
import { isCurrent, type LegacyItem, type TargetItem } from '../entries/items.ts'

export interface PlacedSighting {
  readonly sighting: Sighting
  readonly place: string
  readonly severity: Severity
  readonly input: number
}

/** Facts that let a screen open the row on either side. */
export function placeFacts(side: 'legacy' | 'target', place: ItemPlace): Fact[] {
  return [
    { name: `${side} input`, value: place.input },
    { name: `${side} record`, value: place.record },
    { name: `${side} line`, value: place.line },
    { name: `${side} byte`, value: place.byte },
    { name: `${side} length`, value: place.length, unit: 'bytes' },
    ...(place.id === null ? [] : [{ name: `${side} id`, value: place.id }]),
  ]
}

function locationOf(item: LegacyItem | TargetItem, path: string | null): Location {
  const { input, record, line, byte, id } = item.place
  return { kind: 'cell', input, field: null, path, record, line, byte, id }
}

function placed(
  code: PairCode,
  at: LegacyItem | TargetItem,
  place: string,
  patient: string,
  more: {
    readonly facts: readonly Fact[]
    readonly path: string | null
    readonly excerpt?: string
    readonly severity?: Severity
  },
): PlacedSighting {
  const severity = more.severity ?? severityOf(code)
  return {
    place,
    severity,
    input: at.place.input,
    sighting: {
      code,
      at: locationOf(at, more.path),
      evidence: { facts: more.facts, ...(more.excerpt === undefined ? {} : { excerpt: more.excerpt }) },
      ...(more.severity === undefined ? {} : { severity: more.severity }),
      ...(patient === '' ? {} : { patient }),
    },
  }
}

/** The row a value was taken from: of a record of several rows it need not be the first. */
function rowOf({ table, place, also, from }: LegacyItem, field: ItemDifference['field']): ItemPlace {
  const row = field === null ? 0 : (from?.[table.fields.indexOf(field)] ?? 0)
  return row === 0 ? place : (also?.[row - 1] ?? place)
}

/** Sighting of one difference of one entry. */
export function sightingOf(item: JudgedItem, difference: ItemDifference, patient: string): PlacedSighting | null {
  const { code, field, outcome } = difference
  const at = item.target ?? item.legacy
  if (!at) return null
  const whole = field === null || code === 'data/allergy-altered' || outcome === null
  const severity = severityFor(code, item)
  return placed(code, at, whole ? item.table.type : field.path.plain, patient, {
    path: field === null ? null : field.path.plain,
    facts: [
      ...(outcome?.words ? [{ name: 'difference', value: outcome.words }] : []),
      ...(field === null
        ? []
        : [
            { name: 'field', value: field.label },
            { name: 'rule', value: field.ruleWords },
          ]),
      ...(outcome && 'facts' in outcome ? outcome.facts : []),
      ...(item.legacy ? placeFacts('legacy', rowOf(item.legacy, field)) : []),
      ...(item.target ? placeFacts('target', item.target.place) : []),
    ],
    ...(field === null ? {} : { excerpt: bothValues(item, field) }),
    ...(severity === severityOf(code) ? {} : { severity }),
  })
}

const longest = 200

/** What stands on both sides; a dash where nothing does. */
function bothValues({ table, legacy, target }: JudgedItem, field: BoundField): string {
  const at = table.fields.indexOf(field)
  const was = legacy?.raw[at] ?? ''
  const is = (target?.values[at] ?? []).map((value) => shownText(value, field.rule)).filter((text) => text !== '')
  return [was, is.join(', ')].map((text) => (text === '' ? '–' : shortened(text, longest))).join(' → ')
}

function shortened(text: string, most: number): string {
  const characters = [...text]
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}

/** data.md §14: what is lost, extra or altered among current medicines is critical, elsewhere an error. */
function severityFor(code: PairCode, item: JudgedItem): Severity {
  const entry = item.legacy ?? item.target
  const raised = code === 'data/item-lost' || code === 'data/item-appeared' || code === 'data/field-lost'
  return raised && item.domain === 'medicines' && entry !== null && isCurrent(entry) ? 'critical' : severityOf(code)
}

/** A changed allergy state is one difference of the patient, found at the patient's record. */
export function stateSighting(patient: JudgedPatient): PlacedSighting | null {
  const at = patient.own.target
  if (!patient.stateChanged || !at) return null
  return placed('data/allergy-state-changed', at, 'AllergyIntolerance', patient.key, {
    path: null,
    facts: [
      { name: 'legacy state', value: patient.states.legacy },
      { name: 'target state', value: patient.states.target },
      ...(patient.own.legacy ? placeFacts('legacy', patient.own.legacy.place) : []),
      ...placeFacts('target', at.place),
    ],
  })
}

/** An entry that one patient lost and another one got. */
export function strayedSighting(lost: LegacyItem, found: TargetItem, owner: string, holder: string): PlacedSighting {
  return placed('data/wrong-patient', found, found.table.type, owner, {
    path: null,
    facts: [...placeFacts('legacy', lost.place), ...placeFacts('target', found.place)],
    excerpt: `${owner} → ${holder}`,
  })
}
