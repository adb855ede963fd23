/** One judged patient as the review screen shows it: domains in clinical order, entries, fields with both raw values and the rule. */

import { shownText } from '../../data/crosswalk/compare/compare-field.ts'
import type { Carried } from '../../data/model/carried.ts'
import { type PairCode, severityOf } from '../../data/reconcile/compare/difference-codes.ts'
import type { JudgedItem, JudgedPatient } from '../../data/reconcile/compare/judged-patient.ts'
import type { LegacyItem, TargetItem } from '../../data/reconcile/entries/items.ts'
import type { WholeView } from '../../data/reconcile/entries/whole-records.ts'
import { chartOf } from '../chart/build-chart.ts'
import { type PersonPart, partsOf } from '../chart/heading.ts'
import { allergyStateWords } from '../model/chart.ts'
import { domains, type PairField, type PairItem, type RecordPair } from '../model/pair-types.ts'

export function recordPair(patient: JudgedPatient, whole: WholeView): RecordPair {
  const { own } = patient
  const items = patient.items.map(pairItem)
  const chart = chartOf(patient, items, whole)
  if (patient.stateChanged) items.unshift(stateItem(patient))
  const differs = items.filter(({ cls }) => cls !== 'same' && cls !== 'same-after-rule')
  return {
    key: patient.key,
    heading: headingOf(own.legacy, own.target),
    missing: own.legacy ? (own.target ? null : 'target') : own.target ? 'legacy' : 'both',
    allergyState: patient.states,
    domains: domains.flatMap((domain) => {
      const found = items.filter((item) => item.domain === domain)
      return found.length > 0 || domain === 'allergies' ? [{ domain, items: found }] : []
    }),
    differences: differs.length,
    chart,
  }
}

function stateItem({ states, own }: JudgedPatient): PairItem {
  const [legacy, target] = [allergyStateWords[states.legacy], allergyStateWords[states.target]]
  const code: PairCode = 'data/allergy-state-changed'
  return {
    id: 'allergy-state',
    domain: 'allergies',
    title: 'Allergy status',
    cls: 'changed',
    critical: true,
    codes: [code],
    legacy: own.legacy?.place ?? null,
    target: own.target?.place ?? null,
    fields: [
      {
        path: 'AllergyIntolerance',
        label: 'Allergy status',
        legacy,
        target,
        carried: null,
        cls: 'changed',
        rule: null,
        code,
        words: 'The status of the allergy list changed.',
      },
    ],
  }
}

function pairItem(item: JudgedItem): PairItem {
  const { legacy, target, table } = item
  const own = item.differences.map(({ code }) => code)
  // A statement that is there on one side only is what changed the state of the list.
  const differs = item.cls !== 'same' && item.cls !== 'same-after-rule'
  const codes: readonly PairCode[] = own.length === 0 && differs ? ['data/allergy-state-changed'] : own
  return {
    id: itemId(item),
    domain: item.domain,
    title: titleOf(item),
    cls: item.cls,
    critical: codes.some((code) => severityOf(code) === 'critical'),
    codes,
    legacy: legacy?.place ?? null,
    target: target?.place ?? null,
    fields: table.fields.flatMap((_, i) => fieldOf(item, i) ?? []),
  }
}

/** Verdicts name entries by this outside `private/`, so it is a place in the files and never a value of them. */
function itemId({ legacy, target, table }: JudgedItem): string {
  if (legacy) return `${table.source}:${legacy.place.record}`
  return target ? `${table.type}:${target.place.input}:${target.place.byte}` : table.type
}

function fieldOf(item: JudgedItem, i: number): PairField | null {
  const field = item.table.fields[i]
  if (!field) return null
  const legacy = item.legacy?.raw[i] || null
  const target = targetText(item.target, i, field.rule)
  if (legacy === null && target === null) return null
  const outcome = item.outcomes[i]
  const statusCode = item.differences.find((one) => one.outcome === null && one.field !== null && field.role === 'status')?.code
  const own = item.differences.find((one) => one.field === field && one.outcome !== null)?.code
  const differs = outcome !== undefined && 'kind' in outcome
  const cls = outcome === undefined || outcome.cls === 'absent' ? classAlone(item, legacy, target) : outcome.cls
  return {
    path: field.path.plain,
    label: field.label,
    legacy,
    target,
    carried: legacy === null ? null : carriedText(item.legacy?.carried[i] ?? null, legacy),
    cls,
    rule: cls === 'same' ? null : field.ruleWords,
    code: differs ? (statusCode ?? own ?? item.differences[0]?.code ?? null) : null,
    words: outcome?.words ?? null,
  }
}

/** Dates, codes and quantities as the rule reads them; text is shown as it is. */
function carriedText(carried: Carried | null, raw: string): string | null {
  if (carried?.kind === 'date') return carried.text
  if (carried?.kind === 'code') return carried.display || carried.code
  if (carried?.kind !== 'quantity') return null
  const text = `${carried.comparator}${carried.value} ${carried.unit || carried.code}`.trim()
  return text === raw ? null : text
}

function classAlone(item: JudgedItem, legacy: string | null, target: string | null): PairField['cls'] {
  if (item.cls === 'same' || item.cls === 'same-after-rule') return item.cls
  return legacy === null ? 'appeared' : target === null ? 'lost' : 'changed'
}

function targetText(target: TargetItem | null, i: number, rule: string): string | null {
  const shown = (target?.values[i] ?? []).map((value) => shownText(value, rule)).filter((text) => text !== '')
  return shown.length === 0 ? null : shown.join(', ')
}

function titleOf(item: JudgedItem): string {
  const of = (test: (role: string, path: string) => boolean): string => {
    const i = item.table.fields.findIndex((field) => test(field.role, field.path.plain))
    if (i < 0) return ''
    return (item.legacy?.raw[i] || targetText(item.target, i, item.table.fields[i]?.rule ?? '')) ?? ''
  }
  if (item.table.isPatients) return 'Demographics'
  // Words beside a code read better than the code.
  const words = of((_, path) => /\.(code|vaccineCode|medicationCodeableConcept)\.text$/.test(path))
  return words || of((role) => role === 'code') || of((role) => role === 'content') || item.table.type
}

function headingOf(legacy: LegacyItem | null, target: TargetItem | null): RecordPair['heading'] {
  const of = (part: PersonPart): string | null => {
    const table = legacy?.table ?? target?.table
    const [i] = table ? partsOf(table, part) : []
    if (i === undefined) return null
    const carried = legacy?.carried[i]
    if (carried?.kind === 'text' || carried?.kind === 'date') return carried.text
    if (carried?.kind === 'code') return carried.code
    return targetText(target, i, '')
  }
  const names = [of('family'), of('given')].filter((part) => part !== null)
  return { name: names.length > 0 ? names.join(', ') : of('name'), birth: of('birth'), sex: of('sex') }
}
