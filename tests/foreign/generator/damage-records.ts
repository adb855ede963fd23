/** Damage to single records of the target. */

import { isClear } from './clear-damage.ts'
import { instantOf, wallOf } from './clock.ts'
import * as codes from './codes.ts'
import type { DamageKind } from './damage-truth.ts'
import type { Damaged, DamageRoom, TargetName } from './damages.ts'
import type { Value } from './facts.ts'
import { elementOf } from './target-paths.ts'
import type { TargetRecord, TargetState } from './target-records.ts'
import { precisionOf } from './views.ts'

type Change = (record: TargetRecord) => TargetRecord | null

const hour = 3_600_000

/** The quantity of a record, or the first of its panel. */
function quantityOf(record: TargetRecord): (Value & { readonly kind: 'quantity' }) | null {
  const value = record.parts[0]?.value ?? record.value
  return value?.kind === 'quantity' ? value : null
}

function withQuantity(record: TargetRecord, change: Partial<Value & { readonly kind: 'quantity' }>): TargetRecord | null {
  const value = quantityOf(record)
  if (value === null) return null
  const [part, ...rest] = record.parts
  const changed = { ...value, ...change }
  return part ? { ...record, parts: [{ ...part, value: changed }, ...rest] } : { ...record, value: changed }
}

function tenFold(number: string): string {
  const [whole = '', fraction = ''] = number.split('.')
  const moved = `${whole}${fraction.slice(0, 1) || '0'}.${fraction.slice(1)}`
  return moved.replace(/\.$/, '').replace(/^0+(?=\d)/, '')
}

/** The first two neighbouring digits that differ, exchanged before the point; null where that changes nothing that counts. */
function transposed(number: string): string | null {
  const [whole = ''] = number.split('.')
  for (let at = 0; at + 1 < whole.length; at++)
    if (whole[at] !== whole[at + 1] && !(at === 0 && whole[1] === '0'))
      return `${whole.slice(0, at)}${whole[at + 1]}${whole[at]}${number.slice(at + 2)}`
  return null
}

/** Units that are taken for one another. */
const confused: Readonly<Record<string, string>> = {
  ...{
    'mg/dL': 'mmol/L',
    'g/dL': 'g/L',
    'g/L': 'g/dL',
    kg: '[lb_av]',
    '[lb_av]': 'kg',
    cm: '[in_i]',
    '[in_i]': 'cm',
    'mg/L': 'mg/dL',
  },
  ...{ 'ug/L': 'mg/L', 'mmol/L': 'mg/dL', 'mm[Hg]': 'kPa', Cel: '[degF]', '[degF]': 'Cel', 'pg/mL': 'ng/mL', 'ng/mL': 'ug/mL' },
}

function swapped(record: TargetRecord, { choices }: DamageRoom): number | null {
  const wall = wallOf(record.start, choices.zone)
  const [month, date] = [Number(wall.month), Number(wall.day)]
  if (date > 12 || date === month) return null
  return instantOf(choices.zone, Number(wall.year), date, month, Number(wall.hour), Number(wall.minute), Number(wall.second))
}

/** UTF-8 bytes read as windows-1252. */
function mojibake(text: string): string | null {
  if (!/[\u00A0-\u024F]/.test(text)) return null
  return new TextDecoder('windows-1252').decode(new TextEncoder().encode(text))
}

/** The text of a record that a person reads: dose, free answer, or words of its code. */
function withText(record: TargetRecord, { choices }: DamageRoom, change: (text: string) => string | null): TargetRecord | null {
  const has = (field: string): boolean => elementOf(choices, record.kind, field) !== null
  if (record.value?.kind === 'text') {
    const text = change(record.value.text)
    return text === null ? null : { ...record, value: { kind: 'text', text } }
  }
  if (record.kind === 'medicine' && has('detail')) {
    const detail = change(record.detail)
    return detail === null ? null : { ...record, detail }
  }
  if (record.kind !== 'problem' || !has('text')) return null
  const words = change(record.concept.words)
  return words === null ? null : { ...record, concept: { ...record.concept, words } }
}

function conceptsOf(record: TargetRecord, { choices }: DamageRoom): readonly codes.Concept[] {
  if (record.kind === 'problem') return choices.problemCodes
  if (record.kind === 'medicine') return choices.drugCodes
  if (record.kind === 'allergy') return codes.allergens
  if (record.kind === 'vaccine') return codes.vaccines
  if (record.kind === 'procedure') return codes.procedures
  return record.kind === 'result' && record.value?.kind === 'quantity' ? codes.laboratory : []
}

function changes(kind: DamageKind, room: DamageRoom, state: TargetState): Change | null {
  const { choices, chance } = room
  const has = (record: TargetRecord, field: string): boolean => elementOf(choices, record.kind, field) !== null
  switch (kind) {
    case 'day-shifted':
      return (one) => (one.known === 'all' ? { ...one, start: one.start + (one.id.length % 2 === 0 ? 24 : -24) * hour } : null)
    case 'hours-shifted':
      return (one) =>
        precisionOf(choices, 'legacy', one.kind) === 'time' &&
        precisionOf(choices, 'target', one.kind) === 'time' &&
        one.known === 'all'
          ? { ...one, start: one.start + 5 * hour }
          : null
    case 'day-month-swapped':
      return (one) => {
        const start = one.known === 'all' ? swapped(one, room) : null
        return start === null ? null : { ...one, start }
      }
    case 'ten-fold':
      return (one) => {
        const number = quantityOf(one)?.number ?? '0'
        return Number(number) === 0 ? null : withQuantity(one, { number: tenFold(number) })
      }
    case 'digits-transposed':
      return (one) => {
        const number = transposed(quantityOf(one)?.number ?? '')
        return number === null ? null : withQuantity(one, { number })
      }
    case 'unit-changed':
      return (one) => {
        const unit = confused[quantityOf(one)?.unit ?? '']
        return unit === undefined ? null : withQuantity(one, { unit })
      }
    case 'unit-lost':
      return (one) => withQuantity(one, { unit: '' })
    case 'comparator-lost':
      return (one) => (quantityOf(one)?.comparator ? withQuantity(one, { comparator: '' }) : null)
    case 'other-concept':
      return (one) => {
        const others = conceptsOf(one, room).filter(({ code }) => code !== one.concept.code)
        const [other] = chance.shuffled(others)
        return other && one.concept.code !== codes.noneKnown.code ? { ...one, concept: other } : null
      }
    case 'code-system-changed':
      return (one) => {
        const system = one.concept.system === codes.systems.snomed ? codes.systems.icd10 : codes.systems.snomed
        if (choices.target !== 'fhir' || choices.secondCoding || one.kind === 'visit' || one.parts.length > 0) return null
        const bySelector = one.kind === 'vital' && choices.vitals === 'wide'
        return bySelector || one.concept.code === codes.noneKnown.code ? null : { ...one, concept: { ...one.concept, system } }
      }
    case 'text-truncated':
      return (one) =>
        withText(one, room, (text) => (text.length < 10 ? null : text.slice(0, Math.floor(text.length * 0.6)).trimEnd()))
    case 'mojibake':
      return (one) => withText(one, room, mojibake)
    case 'resurrected':
      return (one) =>
        one.kind === 'medicine' && has(one, 'status') && one.status !== 'active' ? { ...one, status: 'active' } : null
    case 'status-lost':
      return (one) => ((one.kind === 'problem' || one.kind === 'allergy') && has(one, 'status') ? { ...one, status: '' } : null)
    case 'negation-lost':
      return (one) => (one.verification === 'refuted' && has(one, 'verification') ? { ...one, verification: 'confirmed' } : null)
    case 'end-lost':
      return (one) => (one.end !== null && has(one, 'end') ? { ...one, end: null } : null)
    case 'reaction-lost':
      return (one) => (one.reaction !== null && has(one, 'reaction') ? { ...one, reaction: null } : null)
    case 'visit-changed':
      return (one) => {
        const others = state.records.filter(
          (other) => other.kind === 'visit' && other.owner === one.owner && other.id !== one.visit,
        )
        const [other] = chance.shuffled(others)
        return one.visit !== null && other && has(one, 'visit') ? { ...one, visit: other.id } : null
      }
    case 'wrong-patient':
      return (one) => {
        const others = state.people.filter(({ id }) => id !== one.owner)
        return one.kind === 'visit' ? null : { ...one, owner: chance.pick(others).id }
      }
    default:
      return null
  }
}

function peopleOf(state: TargetState, ...owners: readonly string[]): number[] {
  return state.people.filter(({ id }) => owners.includes(id)).map(({ number }) => number)
}

const nameOf = ({ kind, id }: TargetRecord): TargetName => ({ kind, id })

/** Null where the kind is none of these, or no record fits it. */
export function damageRecord(kind: DamageKind, state: TargetState, room: DamageRoom): Damaged | null {
  const free = room.chance.shuffled(state.records.filter((one) => room.free(one) && isClear(kind, one, state, room)))
  const change = changes(kind, room, state)
  if (change) {
    for (const record of free) {
      const made = change(record)
      if (made === null) continue
      const planted = {
        kind,
        uids: record.uids,
        rows: [],
        targets: [nameOf(record)],
        people: peopleOf(state, record.owner, made.owner),
        consequences: none,
      }
      return { state: { ...state, records: state.records.map((one) => (one === record ? made : one)) }, planted }
    }
    return null
  }
  const [record] = kind === 'none-known-lost' ? free.filter(({ concept }) => concept.code === codes.noneKnown.code) : free
  if (!record) return null
  const about = { kind, rows: [], people: peopleOf(state, record.owner), consequences: none }
  if (kind === 'dropped' || kind === 'none-known-lost') {
    // Links to a visit that is gone lead nowhere.
    const linked = state.records.filter(({ visit }) => record.kind === 'visit' && visit === record.id)
    const consequences = { uids: linked.flatMap(({ uids }) => uids), targets: linked.map(nameOf) }
    // Whether anything is known about allergies is a statement about the patient, and found there.
    const owners = state.people.filter(({ id }) => kind === 'none-known-lost' && id === record.owner)
    const targets = [nameOf(record), ...owners.map(({ id }): TargetName => ({ kind: 'person', id }))]
    const planted = { ...about, uids: record.uids, rows: owners.map(({ number }) => number), targets, consequences }
    return { state: { ...state, records: state.records.filter((one) => one !== record) }, planted }
  }
  if (kind === 'duplicated') {
    const id = room.choices.target === 'fhir' ? room.chance.uuid() : String(800_000 + Number(record.id))
    const copy: TargetRecord = { ...record, uids: [], id }
    const planted = { ...about, uids: record.uids, targets: [nameOf(record), nameOf(copy)] }
    return { state: { ...state, records: [...state.records, copy] }, planted }
  }
  return kind === 'values-swapped' ? swapValues(state, free, room) : null
}

const none = { uids: [], targets: [] }

function swapValues(state: TargetState, free: readonly TargetRecord[], { choices }: DamageRoom): Damaged | null {
  for (const one of free) {
    const value = quantityOf(one)
    if (value === null || one.parts.length > 0) continue
    const other = free.find(
      (two) =>
        two.owner === one.owner &&
        two.id !== one.id &&
        two.concept.code === one.concept.code &&
        two.start !== one.start &&
        quantityOf(two) !== null &&
        quantityOf(two)?.number !== value.number,
    )
    if (!other || choices.orders) continue
    const planted = {
      kind: 'values-swapped' as const,
      uids: [...one.uids, ...other.uids],
      rows: [],
      targets: [nameOf(one), nameOf(other)],
      people: peopleOf(state, one.owner),
      consequences: none,
    }
    const records = state.records.map((record) =>
      record === one ? { ...one, value: other.value } : record === other ? { ...other, value: one.value } : record,
    )
    return { state: { ...state, records }, planted }
  }
  return null
}
