/** All that is proposed for one table: its columns, further targets of a column, panels, and what stays behind. */

import { counted } from '../../../counted.ts'
import { columnMeaning, nameWords } from '../../knowledge/meanings.ts'
import type { FieldLine } from '../mapping/mapping.ts'
import type { Suggestion } from '../plan/crosswalk.ts'
import { assigned, type ColumnFit, columnFits, type FitContext, namesAgree, type OfferedField } from './column-fit.ts'
import { momentsOf } from './day-and-clock.ts'
import { endAsStatus } from './end-as-status.ts'
import { type LineFigure, lineFigure } from './line-figure.ts'
import { inOrder, type OfferedTable, shapeSuggestion } from './offered.ts'
import { openCodes } from './open-codes.ts'
import { panelLines } from './panels.ts'
import { linesFor, mapName, newLine, orderOf, roleFor, type TablePart } from './proposed-line.ts'
import { calledId, provenKey } from './proven-key.ts'
import { type RowPairs, rowPairs } from './row-pairs.ts'
import type { LegacyColumn, LegacyTable, TargetTable } from './samples.ts'
import type { ShapedTable } from './shapes.ts'
import { type SplitColumn, splitValues } from './split-values.ts'
import type { TableFit } from './table-fit.ts'

interface TableInput {
  readonly fit: TableFit
  readonly fields: readonly OfferedField[]
  readonly shaped: ShapedTable | null
  readonly target: readonly OfferedTable[]
  readonly context: FitContext
  readonly isPatients: boolean
}

export function tableSuggestions({ fit, fields, shaped, target, context, isPatients }: TableInput): readonly Suggestion[] {
  const fits = columnFits(fit, fields, context)
  const chosen = assigned(fits)
  const { table } = fit
  const found: Suggestion[] = []
  const split = splitValues(fit, chosen, fields, context)
  const pairs = fit.isComparable ? rowPairs(table, fit.target, context.overlaps, context.keys) : []
  const key = provenKey(fit, chosen, context)
  const times = chosen.filter(({ column }) => column.sample.type === 'date' || column.sample.type === 'date-time')
  const part: TablePart = { isPatients, key, onlyTime: !isPatients && times.length === 1 ? (times[0]?.column ?? null) : null }
  const moments = momentsOf(table, chosen, pairs, (one) => roleFor(one, part))
  for (const one of chosen) {
    const others = fits.filter(({ column, field }) => column === one.column && field !== one.field)
    const alternatives = others.slice(0, 4).map(({ field, score }) => ({ target: field.target, score }))
    const moment = moments.find(({ column }) => column === one.column)
    const own = [...split, ...moments].find(({ column }) => column === one.column)?.lines ?? linesFor(one, table, part)
    for (const { line, values, support } of own) {
      const figure = one.field.met === null ? null : lineFigure(line, values, table, one.field.met, pairs)
      found.push({
        line: { ...line, required: one.field.required },
        score: round(Math.max(one.score, provenScore(one, figure))),
        evidence: [
          { kind: 'name', score: round(fit.score), words: fit.words },
          ...(one === key ? [bothKeys] : []),
          ...(moment ? [{ kind: 'values' as const, score: 0.9, words: moment.words }] : []),
          ...withFigure(one.evidence, figure),
        ],
        alternatives,
        values,
        ...(support && { support }),
      })
    }
  }
  const called = fit.isComparable ? calledId(fit, key, fields, context) : null
  if (called && !found.some(({ line }) => line.target === called.field.target))
    found.push(bySight(called.line, 0.7, called.words))
  found.push(...wordsBesideCodes(fit, chosen, fields))
  const repeated = withMore(found.splice(0))
  found.push(...repeated)
  found.push(...endAsStatus(fit, found, fields, context))
  found.push(...withoutUnit(table, split))
  if (fit.target.kind === 'table') found.push(...furtherFields(fit, chosen, fields, { part, pairs, named: found }))
  const panels = panelLines(table, fit.target, chosen)
  found.push(...panels.map((line) => bySight(line, 0.8, 'the target holds such rows as components of one record')))
  found.push(...unmetCodes(fit, chosen, panels))
  const merged = shaped === null ? found : withShape(found, shaped, target, fit)
  const fitting = new Set(fits.map(({ column }) => column))
  const open = openCodes(fit, merged, { fitting, fields, pairs, part })
  return [...inOrder([...merged, ...open.lines]), ...leftColumns(fit, merged, new Set([...fitting, ...open.columns]), context)]
}

/** Paired rows of each value of a map. */
const fewestOfValue = 3

const bothKeys = { kind: 'values', score: 1, words: 'one value for each record on both sides, and both know it' } as const

/**
 * Many rows of several values that all agree say more than any name: what names are in another language is certain all the same. A map of
 * values agrees with the rows that it was read off; it counts where chance would not make it, and each of its values was met several times.
 */
function provenScore({ column, values }: ColumnFit, figure: LineFigure | null): number {
  if (figure === null || figure.both < 20 || column.distinct < 2) return 0
  if (values !== null && !(values.isProven && [...values.support.values()].every((rows) => rows >= fewestOfValue))) return 0
  const share = figure.same / figure.both
  return share < 0.95 ? 0 : (column.distinct < 5 ? 0.8 : 0.9) * share
}

/** What is said of values, as reconciliation will count them; as it was where the rule makes no value that can be compared. */
function withFigure(evidence: ColumnFit['evidence'], figure: LineFigure | null): ColumnFit['evidence'] {
  if (figure === null || figure.both === 0) return evidence
  const { same, both } = figure
  const said = {
    kind: 'values' as const,
    score: round(same / both),
    words: `${same} of ${counted(both, 'paired record')} hold what the rule makes, compared as reconciliation compares`,
  }
  const others = evidence.filter(({ kind, words }) => kind !== 'values' || /always goes with/.test(words))
  return [...others, said]
}

/** Columns with the words of a code that was placed: `SITE_DESCRIPTION` beside `SITE_CODE`, `TEXT1` beside `FINDING1`. */
function wordsBesideCodes(
  { table }: TableFit,
  chosen: readonly ColumnFit[],
  fields: readonly OfferedField[],
): readonly Suggestion[] {
  const taken = new Set(chosen.map(({ column }) => column))
  const stem = (name: string): string =>
    nameWords(name)
      .filter((word) => !['code', 'cd', 'description', 'desc', 'text', 'name', 'display'].includes(word))
      .join(' ')
  const number = (name: string): string => /\d$/.exec(name)?.[0] ?? ''
  const codes = chosen.filter(({ field }) => field.met?.type === 'code')
  return table.columns.flatMap((column, i) => {
    if (taken.has(column) || column.filled === 0 || !/desc|text|name|display/i.test(column.name)) return []
    const own = stem(column.name)
    // The words either have the name of their code, or stand right behind it with its number alone.
    const code = codes.find(
      (one) =>
        own === stem(one.column.name) ||
        (own === number(column.name) && own !== '' && table.columns[i - 1] === one.column && number(one.column.name) === own),
    )
    if (!code || !isWordsOf(column, code.column)) return []
    const met = fields.find(
      ({ target, met: seen }) =>
        seen !== null &&
        [`${code.field.target}.text`, `${code.field.target}.display`, `${code.field.target}.coding.display`].includes(target),
    )
    if (!met) return []
    return [
      bySight(
        newLine(table.name, [column.name], 'copy', {}, met.target),
        round(0.9 * code.score),
        `the words of ${code.column.name}`,
      ),
    ]
  })
}

/** Several columns that fill one element make a list of it, and the target may know more of them than the columns can hold. */
function withMore(found: readonly Suggestion[]): readonly Suggestion[] {
  const columns = new Map<string, Set<string>>()
  for (const { line } of found) columns.set(line.target, (columns.get(line.target) ?? new Set()).add(line.fields.join()))
  return found.map((one): Suggestion => {
    const isOfList = /^[A-Z]/.test(one.line.target) && (columns.get(one.line.target)?.size ?? 0) > 1
    return isOfList ? { ...one, line: { ...one.line, params: new Map(one.line.params).set('more', 'allowed') } } : one
  })
}

/** Cells of a unit column in rows whose value is no number. */
function withoutUnit({ name }: LegacyTable, split: readonly SplitColumn[]): readonly Suggestion[] {
  return split.flatMap(({ column, wordsWhen }) =>
    wordsWhen === undefined
      ? []
      : [
          bySight(
            { ...newLine(name, [column.name], '', { when: wordsWhen }, ''), reason: 'Words have no unit' },
            0.5,
            'a proposal to leave it behind: the target has a unit beside numbers alone',
          ),
        ],
  )
}

/** Whether every code has one text. */
function isWordsOf(words: LegacyColumn, code: LegacyColumn): boolean {
  const known = new Map<string, string>()
  return code.cells.every((cell, row) => {
    const text = words.cells[row] ?? ''
    if (cell === '' || text === '') return cell === '' ? text === '' : true
    const before = known.get(cell)
    known.set(cell, text)
    return before === undefined || before === text
  })
}

/** Numbers in one target table and words in another: each gets its rows, and the words their own column. */
export function numbersOnly(list: readonly Suggestion[], fit: TableFit, column: string): readonly Suggestion[] {
  const filter = {
    ...newLine(fit.table.name, [column], 'filter', { only: `${column} is number` }, fit.target.name),
    reason: 'Words go to a table of their own',
  }
  return [...list, bySight(filter, 0.7, 'the target has one table for numbers and one for words')]
}

export function wordsOnly(
  list: readonly Suggestion[],
  fit: TableFit,
  column: string,
  fields: readonly OfferedField[],
): readonly Suggestion[] {
  const filter = {
    ...newLine(fit.table.name, [column], 'filter', { except: `${column} is number` }, fit.target.name),
    reason: 'Numbers go to a table of their own',
  }
  const text = fields.find(({ target }) => columnMeaning(target.split('.')[1] ?? '', fit.target.name).name === 'value-text')
  const kept = list.flatMap((one): Suggestion[] => {
    const meaning = columnMeaning(one.line.target.split('.')[1] ?? '', fit.target.name).name
    if (meaning === 'unit' || /unit/.test(one.line.target)) return []
    if (!one.line.fields.includes(column)) return [one]
    return text ? [{ ...one, line: { ...one.line, rule: 'copy', params: new Map(), target: text.target } }] : []
  })
  return [...kept, bySight(filter, 0.7, 'the target has one table for numbers and one for words')]
}

const round = (score: number): number => Math.round(Math.min(1, score) * 1000) / 1000

function bySight(line: FieldLine, score: number, words: string): Suggestion {
  return { line, score, evidence: [{ kind: 'values', score, words }], alternatives: [], values: null }
}

/** Lines of a known shape, where the data do not say otherwise. */
function withShape(
  found: readonly Suggestion[],
  shaped: ShapedTable,
  target: readonly OfferedTable[],
  fit: TableFit,
): readonly Suggestion[] {
  const offered = new Map(target.flatMap(({ fields }) => fields.map((field) => [field.target.toLowerCase(), field] as const)))
  const isRead = fit.target.records > 0 && fit.isComparable
  const plain = (text: string): string => text.replace(/\.where\([^)]*\)/g, '').toLowerCase()
  const met = new Set([...offered.values()].filter(({ met: one }) => one !== null).map((one) => plain(one.target)))
  const byData = new Set(
    found
      .filter(({ evidence }) => evidence.some(({ kind, score }) => kind === 'values' && score >= 0.4))
      .map(({ line }) => line.fields.join()),
  )
  const lines = shaped.lines.filter((line) => {
    const type = line.target.split(/[.(]/)[0] ?? ''
    if (!target.some(({ table }) => table.name === type)) return false
    if (!isRead) return /^[A-Z]/.test(type) || offered.has(line.target.toLowerCase())
    // A target that was read has to hold what the shape says, and data that were seen say more than a shape.
    return met.has(plain(line.target)) && !byData.has(line.fields.join())
  })
  const columns = new Set(lines.map((line) => line.fields.join()))
  const targets = new Set(lines.map((line) => line.target.toLowerCase()))
  const kept = found.filter(({ line }) =>
    isRead
      ? !columns.has(line.fields.join()) || byData.has(line.fields.join())
      : !columns.has(line.fields.join()) && !targets.has(line.target.toLowerCase()),
  )
  return [...lines.map((line) => shapeSuggestion(line, shaped.shape)), ...kept]
}

/** Further columns of a target table that hold the same fact in another form: a day beside a moment, a year, a concept beside a source value. */
function furtherFields(
  { table, target }: TableFit,
  chosen: readonly ColumnFit[],
  fields: readonly OfferedField[],
  { part, pairs, named }: { readonly part: TablePart; readonly pairs: RowPairs; readonly named: readonly Suggestion[] },
): readonly Suggestion[] {
  const taken = new Set(named.map(({ line }) => line.target))
  const further: Suggestion[] = []
  const propose = (one: ColumnFit, field: OfferedField, lines: readonly FieldLine[]): void => {
    if (taken.has(field.target)) return
    taken.add(field.target)
    const isOwnId = one.meaning === 'id' && field.met !== null
    for (const line of lines) {
      const figure = field.met === null ? null : lineFigure(line, null, table, field.met, pairs)
      // Names say it; where records of both sides lie beside each other, their values decide.
      if (figure !== null && figure.same < 0.95 * figure.both) continue
      const score = round(0.9 * one.score)
      const words = isOwnId
        ? `by its name, “${field.target}” is what the target itself calls the row`
        : `by its name, “${field.target}” holds what “${one.field.target}” holds, in another form`
      further.push({
        line: { ...line, required: field.required },
        score,
        evidence: withFigure([{ kind: 'name', score, words }], figure),
        alternatives: [],
        values: null,
      })
    }
  }
  for (const one of chosen)
    for (const field of fields) {
      const name = field.target.split('.').at(-1) ?? ''
      const meaning = columnMeaning(name, target.name).name
      const piece = /^(year|month|day)_of_birth$/.exec(name)?.[1]
      if (one.meaning === 'birth' && piece !== undefined)
        propose(one, field, [
          newLine(table.name, [one.column.name], 'date-part', { part: piece, ...orderOf(one.column) }, field.target),
        ])
      else if (/_concept_id$/.test(name) && isConceptOf(name, target.name, one) && !/source_concept/.test(name))
        propose(one, field, [
          newLine(table.name, [one.column.name], 'value-map', { map: mapName(table, one.column) }, field.target),
        ])
      else if (
        one.meaning !== '' &&
        (meaning === one.meaning || (one.meaning === 'id' && meaning === 'source')) &&
        isOtherForm(name, one, target.name)
      )
        propose(
          one,
          field,
          linesFor({ ...one, field }, table, part).map(({ line }) => ({
            ...line,
            params: one.meaning === 'id' ? line.params : without(line.params, ['role']),
          })),
        )
    }
  return further
}

function without(params: FieldLine['params'], names: readonly string[]): FieldLine['params'] {
  return new Map([...params].filter(([name]) => !names.includes(name)))
}

/** A date beside its moment, or the key as it was beside the new one. */
function isOtherForm(name: string, one: ColumnFit, table: string): boolean {
  const chosen = one.field.target.split('.').at(-1) ?? ''
  if (one.meaning === 'id') return /_id$|_source_value$/.test(name) && name !== chosen && columnMeaning(name, table).name !== ''
  return /_date(time)?$/.test(name) && /_date(time)?$/.test(chosen) && name.replace(/time$/, '') === chosen.replace(/time$/, '')
}

function isConceptOf(name: string, table: string, one: ColumnFit): boolean {
  const words = nameWords(name.replace(/_concept_id$/, ''))
  const own = nameWords(table)
  const rest = words.filter((word) => !own.includes(word))
  if (one.meaning === 'code') return rest.length === 0 && !own.includes('visit')
  return rest.length > 0 && columnMeaning(rest.join(' ')).name === one.meaning && one.meaning !== ''
}

/** Codes that no record of the target has, though its others do: their rows stayed behind, whoever decided it. */
function unmetCodes(
  { table, target, isComparable }: TableFit,
  chosen: readonly ColumnFit[],
  panels: readonly FieldLine[],
): readonly Suggestion[] {
  const code = chosen.find(({ meaning, field }) => meaning === 'code' && field.met !== null)
  if (!code || !isComparable) return []
  const known = new Set(code.field.met?.values.flat())
  for (const line of panels) for (const one of line.params.get('in')?.split('|') ?? []) known.add(one)
  const counts = new Map<string, number>()
  for (const cell of code.column.cells) if (cell !== '' && !known.has(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  const rows = [...counts.values()].reduce((sum, n) => sum + n, 0)
  if (counts.size === 0 || counts.size > 12 || rows > 0.4 * code.column.filled) return []
  const line = newLine(table.name, [code.column.name], 'filter', { 'not-in': [...counts.keys()].join('|') }, '')
  return [
    bySight(
      { ...line, reason: `No ${target.name} of the target has these codes (${rows} rows looked at)` },
      0.6,
      `${counts.size} codes of ${rows} rows occur nowhere in the target`,
    ),
  ]
}

/** Columns whose values the target holds nowhere in its records of this kind. */
function leftColumns(
  fit: TableFit,
  found: readonly Suggestion[],
  fitting: ReadonlySet<LegacyColumn>,
  { overlaps, links, patients }: FitContext,
): readonly Suggestion[] {
  if (!fit.isComparable) return []
  const named = new Set(found.flatMap(({ line }) => line.fields))
  for (const { line } of found) for (const one of line.params.get('when')?.split(/[=!]/).slice(0, 1) ?? []) named.add(one.trim())
  return fit.table.columns
    .filter((column) => column.filled > 0 && !named.has(column.name) && !fitting.has(column))
    .flatMap((column) => {
      const met = Math.max(0, ...fit.target.fields.map((field) => overlaps.of(column, field).share))
      if (met > 0.05 && !(column.distinct < 3 && met < 0.6)) return []
      if (fit.target.fields.some((field) => namesAgree(column, field.target, fit, links(fit.table, column), patients))) return []
      return [leave(fit.table, column, `No ${fit.target.name} of the target holds any of its values`)]
    })
}

function leave({ name }: LegacyTable, column: Pick<LegacyColumn, 'name'>, reason: string): Suggestion {
  const line = { ...newLine(name, [column.name], '', {}, ''), reason }
  return bySight(
    line,
    0.5,
    `${column.name === '*' ? 'not found' : 'a proposal to leave it behind'}: ${reason[0]?.toLowerCase()}${reason.slice(1)}`,
  )
}

/** A table whose counterpart was not found, which is no proof that there is none; said only where the target was read. */
export function withoutTarget(table: LegacyTable, isRead: boolean): readonly Suggestion[] {
  return isRead && table.rows > 0
    ? [leave(table, { name: '*' }, 'No counterpart was found by names and values; look for one before it is left behind')]
    : []
}

/** Types of the target that no legacy table became. */
export function leftOverTypes(read: readonly TargetTable[], used: ReadonlySet<string>): readonly Suggestion[] {
  return read
    .filter(({ name, records }) => records > 0 && name !== '' && !used.has(name))
    .map(({ name, records, kind }) => {
      const reason = `No legacy table was found for them; look before they are called derived by the new system (${records} ${kind === 'table' ? 'rows' : 'resources'})`
      return bySight(
        { ...newLine('', ['*'], '', {}, name), reason },
        0.5,
        'not found: no legacy table fits this kind of record by names and values',
      )
    })
}
