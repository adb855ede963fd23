/** The map of pair-12 as a person makes it: every proposal taken, then the recorded corrections, each with its reason. */
import { readFileSync } from 'node:fs'
import { type FieldLine, type Mapping, parseParams } from '../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { Suggestion } from '../../../src/core/data/crosswalk/plan/crosswalk.ts'
import { parseCsvText } from '../../../src/core/values/csv-text.ts'

export interface Correction {
  readonly act: 'add' | 'change' | 'remove'
  readonly source: string
  readonly field: string
  /** Target of the proposal it speaks of; empty for a new line. */
  readonly was: string
  readonly rule: string
  readonly params: FieldLine['params']
  readonly target: string
  readonly reason: string
}

const by = 'Data team'

export function corrections(): readonly Correction[] {
  const [header, ...rows] = parseCsvText(readFileSync(new URL('corrections.csv', import.meta.url), 'utf8'))
  return rows.map(({ cells, line }) => {
    const cell = (name: string): string => cells[header?.cells.indexOf(name) ?? -1] ?? ''
    const params = parseParams(cell('params'))
    const act = (['add', 'change', 'remove'] as const).find((one) => one === cell('act'))
    if (act === undefined || typeof params === 'string' || cell('reason') === '') throw new Error(`corrections.csv, line ${line}`)
    return {
      act,
      source: cell('legacy_source'),
      field: cell('legacy_field'),
      was: cell('was'),
      rule: cell('rule'),
      params,
      target: cell('target'),
      reason: cell('reason'),
    }
  })
}

/** Confirms every proposal, or leaves behind what is proposed to stay, and applies the corrections; one that finds no line is an error. */
export function correctedMap(found: readonly Suggestion[]): Mapping {
  let fields: readonly FieldLine[] = found.map(({ line }) => ({
    ...line,
    by,
    status: line.rule === '' ? 'not-carried' : 'confirmed',
  }))
  for (const one of corrections()) {
    const { act, rule, params, target, reason } = one
    const isMeant = (line: FieldLine): boolean =>
      line.source === one.source && line.fields.join(' + ') === one.field && line.target === one.was
    if (act === 'add') {
      const status = rule === '' ? 'not-carried' : 'confirmed'
      fields = [...fields, { source: one.source, fields: [one.field], rule, params, target, required: false, status, reason, by }]
      continue
    }
    if (!fields.some(isMeant)) throw new Error(`No proposal ${one.source}.${one.field} → ${one.was}`)
    fields =
      act === 'remove'
        ? fields.filter((line) => !isMeant(line))
        : fields.map((line) => (isMeant(line) ? { ...line, rule, params, target: target === '' ? line.target : target } : line))
  }
  return { fields, values: new Map(found.flatMap(({ values }) => (values === null ? [] : [[values.name, values]]))) }
}
