/** Proposes field lines for columns that have none: by name, type, values and shape, each with its evidence. Nothing is confirmed here. */
import { counted } from '../../counted.ts'
import { compareText } from '../../finding.ts'
import { stopIfAborted, type Update } from '../../operation.ts'
import { readTable } from '../read/table.ts'
import { openSides } from '../reconcile/open-sides.ts'
import type { PairSource } from '../reconcile/sides.ts'
import { type ColumnSample, ColumnSampler, type ColumnType } from './column-sample.ts'
import type { Suggestion, TargetField } from './crosswalk.ts'
import type { FieldLine, Mapping } from './mapping.ts'
import { nameLikeness } from './name-likeness.ts'

/** Rows of each table that are looked at. */
const lookedAt = 5000
const acceptable = 0.35
const weights = { name: 0.5, type: 0.2, values: 0.2, shape: 0.1 } as const

export interface SuggestInput {
  readonly inputs: readonly PairSource[]
  readonly mapping: Mapping
  readonly targets: readonly TargetField[]
}

export async function* suggestMapping(
  { inputs, mapping, targets }: SuggestInput,
  signal: AbortSignal,
): AsyncGenerator<Update<never, readonly Suggestion[]>> {
  const taken = new Set(
    mapping.fields
      .filter(({ status }) => status === 'confirmed' || status === 'not-carried')
      .flatMap(({ source, fields }) => fields.map((field) => `${source}\n${field}`)),
  )
  const used = new Set(mapping.fields.filter(({ status }) => status === 'confirmed').map(({ target }) => target))
  const open = targets.filter(({ target }) => !used.has(target))
  const opened = await openSides(
    inputs.filter(({ side }) => side !== 'target'),
    signal,
  )
  const legacy = opened.filter(({ records }) => records === 'csv')
  const list: Suggestion[] = []
  for (const [done, one] of legacy.entries()) {
    yield { kind: 'progress', done, total: legacy.length, unit: 'records', label: `Looking at ${one.source.name}` }
    stopIfAborted(signal)
    for (const sample of await samplesOf(one, signal)) {
      if (taken.has(`${sample.table}\n${sample.column}`)) continue
      const best = suggestionFor(sample, open, tableOf(mapping, one.table))
      if (best) list.push(best)
    }
  }
  yield { kind: 'progress', done: legacy.length, total: legacy.length, unit: 'records', label: 'Looking at columns' }
  yield { kind: 'result', value: list.sort((a, b) => b.score - a.score || compareText(nameOf(a), nameOf(b))) }
}

const nameOf = ({ line }: Suggestion): string => `${line.source}\n${line.fields.join()}`

/** The target type that confirmed lines of the table already lead to. */
function tableOf(mapping: Mapping, source: string): string | null {
  const line = mapping.fields.find((one) => one.source === source && one.status === 'confirmed' && one.target !== '')
  return line?.target.split('.')[0] ?? null
}

async function samplesOf({ source, reading, table }: PairSource, signal: AbortSignal): Promise<ColumnSample[]> {
  let samplers: ColumnSampler[] = []
  const nulls = new Set(reading.nulls ?? [])
  for await (const event of readTable(source, reading, signal, 0)) {
    if (event.kind === 'structure') samplers = event.structure.header.map((column) => new ColumnSampler(table, column))
    if (event.kind !== 'rows') continue
    for (const { cells } of event.rows)
      for (let i = 0; i < samplers.length; i++) {
        const cell = cells[i] ?? ''
        if (!nulls.has(cell)) samplers[i]?.add(cell)
      }
    if ((event.rows.at(-1)?.record ?? 0) >= lookedAt) break
  }
  return samplers.map((sampler) => sampler.result())
}

interface Scored {
  readonly field: TargetField
  readonly score: number
  readonly evidence: Suggestion['evidence']
}

function suggestionFor(sample: ColumnSample, targets: readonly TargetField[], type: string | null): Suggestion | null {
  const scored = targets
    .map((field) => scoreOf(sample, field, type))
    .sort((a, b) => b.score - a.score || compareText(a.field.target, b.field.target))
  const [best, ...others] = scored
  if (!best || best.score < acceptable) return null
  return {
    line: lineFor(sample, best.field),
    score: best.score,
    evidence: best.evidence,
    alternatives: others.slice(0, 4).map(({ field, score }) => ({ target: field.target, score })),
  }
}

function scoreOf(sample: ColumnSample, field: TargetField, type: string | null): Scored {
  const path = field.target.replace(/\.where\([^)]*\)/g, '')
  const last = path.split('.').slice(1).join(' ')
  const inTable = nameLikeness(sample.table, path.split('.')[0] ?? '')
  const name = Math.min(
    1,
    0.8 * nameLikeness(sample.column, last) + 0.2 * (type === null ? inTable : Number(type === path.split('.')[0])),
  )
  const kind = typeFit(sample.type, field.type)
  const values = overlap(sample.values, field.values)
  const shape = sample.type === 'empty' ? 0 : sample.certainty * kind
  const evidence: Suggestion['evidence'] = [
    { kind: 'name', score: name, words: `“${sample.column}” beside “${path}”` },
    { kind: 'type', score: kind, words: `cells look like ${sample.type}, the target takes ${field.type}` },
    ...(field.values.length > 0
      ? [
          {
            kind: 'values' as const,
            score: values,
            words: `${Math.round(values * 100)} % of the values that come back are in the list of the target`,
          },
        ]
      : []),
    {
      kind: 'shape',
      score: shape,
      words: `${Math.round(sample.certainty * 100)} % of ${counted(sample.filled, 'cell')} looked at ${sample.filled === 1 ? 'has' : 'have'} this form`,
    },
  ]
  const used = evidence.reduce((sum, one) => sum + weights[one.kind], 0)
  const score = evidence.reduce((sum, one) => sum + weights[one.kind] * one.score, 0) / used
  return { field, score: Math.round(score * 1000) / 1000, evidence }
}

function overlap(cells: readonly string[], values: readonly string[]): number {
  if (cells.length === 0 || values.length === 0) return 0
  const known = new Set(values.map((value) => value.toLowerCase()))
  return cells.filter((cell) => known.has(cell.toLowerCase())).length / cells.length
}

/** How well cells of a kind fit the type of a target field, FHIR or SQL. */
function typeFit(cells: ColumnType, target: string): number {
  const wanted = target.toLowerCase()
  const fits: Readonly<Record<ColumnType, RegExp>> = {
    empty: /^$/,
    date: /date|instant|period|birth/,
    'date-time': /date|time|instant|period/,
    number: /int|decimal|number|float|numeric|quantity/,
    quantity: /quantity|string|varchar|text|dosage/,
    code: /code|coding|concept|identifier|id|string|varchar|uri|reference/,
    boolean: /bool|code/,
    text: /string|text|varchar|markdown|humanname|address|annotation|base64/,
  }
  if (fits[cells].test(wanted)) return 1
  return /string|varchar|text/.test(wanted) && cells !== 'empty' ? 0.5 : 0.1
}

/** The line as it would stand in the field map, still to be looked at. */
function lineFor(sample: ColumnSample, field: TargetField): FieldLine {
  const wanted = field.type.toLowerCase()
  const coded = /codeableconcept|coding|^code$/.test(wanted)
  const rule =
    sample.type === 'date' && /date/.test(wanted)
      ? 'date'
      : sample.type === 'date-time' && /time|instant/.test(wanted)
        ? 'date-time'
        : sample.type === 'quantity' && wanted === 'quantity'
          ? 'quantity'
          : coded && sample.values.length > 0
            ? 'value-map'
            : 'copy'
  return {
    source: sample.table,
    fields: [sample.column],
    rule,
    params: rule === 'value-map' ? new Map([['map', `${sample.table}-${sample.column}`.toLowerCase()]]) : new Map(),
    target: field.target,
    required: field.required,
    status: 'suggested',
    reason: '',
    by: '',
  }
}
