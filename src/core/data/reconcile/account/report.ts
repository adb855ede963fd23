/** A reconciliation as text or Markdown for people and as JSON for programs; values are masked unless they were asked for. */

import { counted } from '../../../counted.ts'
import { compareText, type Finding, type Sighting } from '../../../finding.ts'
import { maskOf } from '../../../mask.ts'
import type { Wording } from '../../../rule.ts'
import { shareText } from '../../../share-text.ts'
import { visibleText } from '../../../visible-text.ts'
import { notComparedSentence } from '../../crosswalk/plan/not-compared.ts'
import { isLostLinks } from './lost-links.ts'
import { openWhys } from './open-records.ts'
import type { ReconcileResult, TableBalance } from './result.ts'

/** What a report names beside the result. */
export interface ReportNames {
  readonly wording: (code: string) => Wording | null
  /** Of each input, as it was given. */
  readonly paths: readonly string[]
  /** Values in clear, and the ids of records; otherwise the shapes of values. */
  readonly reveal: boolean
}

/** The shape that `carryover reconcile --format json` promises. */
export function reconcileJson(result: ReconcileResult, names: ReportNames): object {
  const { wording, paths, reveal } = names
  return {
    ...result,
    open: result.open.map(({ key, ...one }) => ({
      ...one,
      path: paths[one.input] ?? null,
      why: openWhys[one.why],
      key: key === '' ? null : reveal ? key : maskOf(key),
    })),
    findings: result.findings.map(({ sample, ...finding }) => {
      const { title, why, remedy } = wording(finding.code) ?? { title: finding.code, why: '', remedy: '' }
      return {
        ...finding,
        field: finding.place,
        path: finding.input === null ? null : (paths[finding.input] ?? null),
        title,
        why,
        remedy,
        rows: sample.flatMap(({ at, evidence }) =>
          at.kind === 'cell'
            ? [
                {
                  record: at.record,
                  line: at.line,
                  byte: at.byte,
                  id: reveal ? at.id : null,
                  element: at.path,
                  legacy: sideOf(evidence.facts, 'legacy', paths),
                  target: sideOf(evidence.facts, 'target', paths),
                  value: reveal ? (evidence.excerpt ?? null) : null,
                  ...(reveal || evidence.excerpt === undefined ? {} : { shape: maskOf(evidence.excerpt) }),
                  facts: reveal ? evidence.facts : evidence.facts.filter(({ name }) => !name.endsWith(' id')),
                },
              ]
            : [],
        ),
      }
    }),
  }
}

interface SidePlace {
  readonly path: string | null
  readonly record: number | null
  readonly line: number | null
}

/** Where a difference is looked up on one side; null where that side has no such record. */
function sideOf(facts: Sighting['evidence']['facts'], side: 'legacy' | 'target', paths: readonly string[]): SidePlace | null {
  const numberOf = (name: string): number | null => {
    const value = facts.find((fact) => fact.name === `${side} ${name}`)?.value
    return typeof value === 'number' ? value : null
  }
  const input = numberOf('input')
  return input === null ? null : { path: paths[input] ?? null, record: numberOf('record'), line: numberOf('line') }
}

const heads = [
  'Table',
  'Legacy',
  'Arrived',
  'equal',
  'by rule',
  'differing',
  'Merged',
  'Excluded',
  'Unaccounted',
  'Target',
  'Unexplained',
  'Patients unbalanced',
]

/** Without a confirmed line these alone were counted: what was not looked at is no zero, and no loss. */
const countedAlways = ['Table', 'Legacy']

function cells(one: TableBalance): string[] {
  const { legacy, arrived, equal, byRule, withDifferences, merged, excluded, unaccounted, target, unexplained, patientsOff } = one
  const numbers = [
    legacy,
    arrived,
    equal,
    byRule,
    withDifferences,
    merged,
    excluded,
    unaccounted,
    target,
    unexplained,
    patientsOff,
  ]
  return [one.table, ...numbers.map(String)]
}

/** One line per table under its heads; where not all was judged, with the legacy records of which nothing is said. */
function balanceRows({ tables, notJudged, isUnconfirmed }: ReconcileResult): string[][] {
  const all = [heads, ...tables.map(cells)]
  const rows = isUnconfirmed
    ? all.map((row, at) => row.map((cell, i) => (at > 0 && !countedAlways.includes(heads[i] ?? '') ? '–' : cell)))
    : all
  if (notJudged === undefined) return rows
  const open = ['Not compared', ...tables.map(({ notCompared = 0 }) => String(notCompared))]
  return rows.map((row, i) => row.toSpliced(heads.indexOf('Target'), 0, open[i] ?? ''))
}

export function reconcileText(result: ReconcileResult, names: ReportNames): string {
  const rows = balanceRows(result)
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)))
  const lines = rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  )
  const found = result.findings.flatMap((finding) => ['', ...findingLines(finding, names)])
  return `${[...unconfirmed(result), ...missed(result), ...lines, '', ...sentences(result), ...spaced(openRows(result, names)), ...found, ...spaced(totals(result)), ...spaced(notCompared(result))].join('\n')}\n`
}

export function reconcileMarkdown(result: ReconcileResult, names: ReportNames): string {
  const row = (line: readonly string[]): string => `| ${line.join(' | ')} |`
  const [first = [], ...rows] = balanceRows(result)
  const table = [row(first), row(first.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(row)]
  const found = result.findings.flatMap((finding) => {
    const [first = '', ...rows] = findingLines(finding, names)
    return [`- ${inMarkdown(first)}`, ...rows.map((line) => `  - ${inMarkdown(line.trim())}`)]
  })
  const items = (lines: readonly string[]): string[] => lines.map((line) => `- ${line}`)
  const list = [
    ...items(sentences(result)),
    ...openRows(result, names).map((line) => `- ${inMarkdown(line)}`),
    ...found,
    ...items([...totals(result), ...notCompared(result)]),
  ]
  return `# Reconciliation\n\n${[...unconfirmed(result), ...missed(result), ...table].join('\n')}\n\n${list.join('\n')}\n`
}

/** Before any number: without a confirmed line they say nothing of the migration. */
function unconfirmed(result: ReconcileResult): readonly string[] {
  const { isUnconfirmed, notEvaluated } = result
  if (!isUnconfirmed) return [...noPatients(result), ...refused(notEvaluated)]
  return [
    'Nothing in this field map is confirmed yet, so no record can be accounted for.',
    'Write confirmed and your name on its lines. Tables with the same columns need no field map: name them with --legacy, --target and --key.',
    '',
  ]
}

/** What no number speaks of comes before the numbers; where nothing is confirmed that says it all. */
function missed({ notCompared: list, isUnconfirmed }: ReconcileResult): readonly string[] {
  const says = isUnconfirmed ? null : notComparedSentence(list)
  return says === null ? [] : [says, '']
}

/** A balance in which nobody was compared is no result. */
function noPatients({ patients, tables }: ReconcileResult): readonly string[] {
  if (patients > 0 || tables.length === 0) return []
  return [
    'No patient was compared: the field map joins no record of the two sides, so nothing below says that the migration is right.',
    'Confirm a line with role=key and a target in Patient, or in the table of the patients.',
    '',
  ]
}

/** Lines that the field map confirms and no rule can follow, and tables whose links find nobody: what follows has no other cause. */
function refused(notEvaluated: ReconcileResult['notEvaluated']): readonly string[] {
  const lines = notEvaluated
    .filter((one) => isLostLinks(one) || /^unit-convert /.test(one.why))
    .map(({ what, why }) => `Not compared: ${what}: ${why}.`)
  return lines.length === 0 ? [] : [...lines, '']
}

/** Files that were not read whole come before any number: the numbers speak of the rest. */
function notWhole({ inputs }: ReconcileResult): string[] {
  const cut = inputs.filter(({ status }) => status === 'partial' || status === 'unreadable')
  return cut.length === 0 ? [] : [`Partial: ${cut.length} of ${inputs.length} files were not read whole; see "Not compared".`]
}

/** Records of which nothing is said: they are no more right than lost. */
function leftOpen({ tables, notJudged }: ReconcileResult): string[] {
  if (notJudged === undefined) return []
  const open = tables.filter(({ notCompared = 0 }) => notCompared > 0)
  const counts = open.map(({ table, notCompared = 0 }) => `${notCompared} of ${table}`)
  const rows = counts.length === 0 ? '' : `${counts.join(', ')}: such legacy records are neither matched nor lost. `
  return [`Not whole: not every record was compared. ${rows}See "Not compared".`]
}

/** Claims no more than was read and compared. */
function headline({ inputs, coverage, notCompared: missing, notEvaluated, patients, notJudged }: ReconcileResult): string {
  if (patients === 0) return 'No record is unaccounted for, and no patient was compared.'
  const whole = 'legacy record is accounted for, and every target record has an origin'
  if (notJudged !== undefined) return `Of what was compared, every ${whole}.`
  if (inputs.some(({ status }) => status !== 'read')) return `Of what was read, every ${whole}.`
  if (missing.some(({ isOwed }) => isOwed))
    return `Every ${whole}; what ${missing.length === 1 ? 'one element holds' : `${missing.length} elements hold`} was not compared.`
  const open = coverage.suggested + coverage.open
  if (open > 0) return `Every ${whole}; ${open} filled cells have no confirmed line in the field map.`
  return notEvaluated.length > 0 ? `Every ${whole}; what was not compared is listed below.` : `Every ${whole}.`
}

function sentences(result: ReconcileResult): string[] {
  const { unaccounted, unexplained, patients, ambiguous, coverage } = result
  const share = coverage.filled === 0 ? 'no' : shareText(coverage.carried / coverage.filled)
  return [
    ...leftOpen(result),
    ...notWhole(result),
    result.isUnconfirmed
      ? `Not compared: ${counted(unaccounted, 'legacy record', 'legacy records')} and every record of the target, because no line of the field map is confirmed.`
      : unaccounted === 0 && unexplained === 0
        ? headline(result)
        : `${counted(unaccounted, 'legacy record is', 'legacy records are')} accounted for by nobody; ${originWords(result)}`,
    patients === 0 ? 'Patients: not compared, because no record of the two sides is joined.' : patientsWords(result),
    `${share} of ${coverage.filled} filled legacy cells are carried, ${coverage.notCarried} left behind with a reason, ${coverage.suggested + coverage.open} open.`,
    ...(ambiguous > 0
      ? [`${counted(ambiguous, 'record waits', 'records wait')} for a person, because several fit equally well.`]
      : []),
    ...result.assumptions.map(({ words }) => `Assumed: ${words}`),
    ...result.patterns.map(({ field, words, count, of }) => `${field}: ${words} ${count} of ${counted(of, 'difference')}.`),
  ]
}

/** A target that no line speaks of was not looked at: none of its records comes from nowhere, and none from somewhere. */
function originWords({ unexplained, inputs, tables }: ReconcileResult): string {
  const isRead = inputs.some(({ side }) => side === 'target') && tables.some(({ target }) => target > 0)
  if (!isRead && unexplained === 0)
    return 'the records of the target were not compared, because no line of the field map speaks of them.'
  return `${counted(unexplained, 'target record comes', 'target records come')} from nowhere.`
}

function patientsWords({ patients, patientsOff, patientsUnbalanced, tables }: ReconcileResult): string {
  const words = `${patientsOff} of ${counted(patients, 'patient')} ${patientsOff === 1 ? 'is' : 'are'} off`
  if (patientsOff === 0) return `${words}.`
  const others = patientsOff - patientsUnbalanced
  const sum = tables.reduce((all, one) => all + one.patientsOff, 0)
  const again = sum > patientsUnbalanced ? ' The last column counts a patient in each table.' : ''
  return `${words}: ${patientsUnbalanced} with a record lost or added, ${others} with records moved or changed where it matters alone.${again}`
}

const shownOpen = 20

/** Where the unaccounted records stand, first those at the beginning of each file. */
function openRows({ open, unaccounted, isUnconfirmed }: ReconcileResult, { paths, reveal }: ReportNames): string[] {
  if (isUnconfirmed) return []
  const rows = open.slice(0, shownOpen).map(({ table, input, record, line, key, why }) => {
    const named = key === '' ? '' : `, key ${reveal ? visibleText(key) : maskOf(key)}`
    return `Unaccounted: ${table}, ${visibleText(paths[input] ?? '')} record ${record}, line ${line}${named}: ${openWhys[why]}.`
  })
  const more = unaccounted - rows.length
  return more > 0 && rows.length > 0 ? [...rows, `Unaccounted: … ${more} more; --unaccounted writes a list of them.`] : rows
}

/** Sums that differ: they follow from the records above, so they come after them. */
function totals(result: ReconcileResult): string[] {
  return result.totals
    .filter(({ equal }) => !equal)
    .map(({ name, legacy, target }) => `${name}: ${legacy} in legacy, ${target} in the target.`)
}

function notCompared({ notEvaluated }: ReconcileResult): string[] {
  return [...notEvaluated].sort((a, b) => compareText(a.what, b.what)).map(({ what, why }) => `Not compared: ${what}: ${why}.`)
}

const spaced = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ['', ...lines])

/** What stood in a cell may be anything. */
const inMarkdown = (line: string): string => line.replace(/[\\`*_<>|[\]#]/g, (mark) => `\\${mark}`)

const shownRows = 5

/** What differs, then where it is looked up on both sides, and what stands there. */
function findingLines({ severity, code, place, count, patients, sample }: Finding, names: ReportNames): string[] {
  const touched = patients === null ? '' : `, ${counted(patients, 'patient')}`
  const rows = sample.filter(({ at }) => at.kind === 'cell')
  const more = count - Math.min(rows.length, shownRows)
  return [
    `${severity}: ${names.wording(code)?.title ?? code} (${place}): ${count}${touched}.`,
    ...rows.slice(0, shownRows).map((one) => `  ${rowWords(one, names)}`),
    ...(rows.length > 0 && more > 0 ? [`  … ${more} more`] : []),
  ]
}

function rowWords({ at, evidence }: Sighting, { paths, reveal }: ReportNames): string {
  const { facts, excerpt } = evidence
  const where = (['legacy', 'target'] as const).flatMap((side) => {
    const place = sideOf(facts, side, paths)
    return place === null ? [] : [`${side} ${visibleText(place.path ?? '')} record ${place.record}, line ${place.line}`]
  })
  const fact = (name: string): string | null => {
    const value = facts.find((one) => one.name === name)?.value
    return typeof value === 'string' ? value : null
  }
  if (where.length === 0 && at.kind === 'cell')
    where.push(`${visibleText(paths[at.input] ?? '')} record ${at.record}, line ${at.line}`)
  const id = reveal && at.kind === 'cell' && at.id !== null ? ` (${at.id})` : ''
  const [column, element] = [fact('field'), at.kind === 'cell' ? at.path : null]
  const field = column !== null && element !== null ? `${column} → ${element}` : column
  const parts = [field, excerpt === undefined ? null : reveal ? visibleText(excerpt) : maskOf(excerpt), fact('difference')]
  return [`${where.join(' → ')}${id}`, ...parts.filter((part) => part !== null)].join(': ')
}
