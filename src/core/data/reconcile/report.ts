/** A reconciliation as text or Markdown for people and as JSON for programs; values stay out of all of them. */
import { counted } from '../../counted.ts'
import { compareText } from '../../finding.ts'
import type { Wording } from '../../rule.ts'
import type { ReconcileResult, TableBalance } from './result.ts'

/** The shape that `carryover reconcile --format json` promises. */
export function reconcileJson(
  result: ReconcileResult,
  paths: readonly string[],
  wording: (code: string) => Wording | null,
): object {
  return {
    ...result,
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
                  id: null,
                  facts: evidence.facts.filter(({ name }) => !name.endsWith(' id')),
                },
              ]
            : [],
        ),
      }
    }),
  }
}

const heads = [
  'Table',
  'Legacy',
  'Arrived',
  'by rule',
  'differing',
  'Merged',
  'Excluded',
  'Unaccounted',
  'Unexplained',
  'Patients off',
]

function cells(one: TableBalance): string[] {
  const { legacy, arrived, byRule, withDifferences, merged, excluded, unaccounted, unexplained, patientsOff } = one
  const numbers = [legacy, arrived, byRule, withDifferences, merged, excluded, unaccounted, unexplained, patientsOff]
  return [one.table, ...numbers.map(String)]
}

export function reconcileText(result: ReconcileResult, wording: (code: string) => Wording | null): string {
  const rows = [heads, ...result.tables.map(cells)]
  const widths = heads.map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)))
  const lines = rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  )
  return `${[...lines, '', ...sentences(result, wording)].join('\n')}\n`
}

export function reconcileMarkdown(result: ReconcileResult, wording: (code: string) => Wording | null): string {
  const row = (line: readonly string[]): string => `| ${line.join(' | ')} |`
  const table = [row(heads), row(heads.map((_, i) => (i === 0 ? '---' : '---:'))), ...result.tables.map((one) => row(cells(one)))]
  const list = sentences(result, wording).map((line) => (line === '' ? '' : `- ${line}`))
  return `# Reconciliation\n\n${table.join('\n')}\n\n${list.join('\n')}\n`
}

/** Files that were not read whole come before any number: the numbers speak of the rest. */
function notWhole({ inputs }: ReconcileResult): string[] {
  const cut = inputs.filter(({ status }) => status === 'partial' || status === 'unreadable')
  return cut.length === 0 ? [] : [`Partial: ${cut.length} of ${inputs.length} files were not read whole; see "Not compared".`]
}

/** Claims no more than was read and compared. */
function headline({ inputs, coverage, notEvaluated }: ReconcileResult): string {
  const whole = 'legacy record is accounted for, and every target record has an origin'
  if (inputs.some(({ status }) => status !== 'read')) return `Of what was read, every ${whole}.`
  const open = coverage.suggested + coverage.open
  if (open > 0) return `Every ${whole}; ${open} filled cells have no confirmed line in the field map.`
  return notEvaluated.length > 0 ? `Every ${whole}; what was not compared is listed below.` : `Every ${whole}.`
}

function sentences(result: ReconcileResult, wording: (code: string) => Wording | null): string[] {
  const { unaccounted, unexplained, patients, patientsOff, ambiguous, coverage } = result
  const totals = result.totals.filter(({ equal }) => !equal)
  const share = coverage.filled === 0 ? 'no' : `${((100 * coverage.carried) / coverage.filled).toFixed(1)} %`
  return [
    ...notWhole(result),
    unaccounted === 0 && unexplained === 0
      ? headline(result)
      : `${counted(unaccounted, 'legacy record is', 'legacy records are')} accounted for by nobody; ${counted(unexplained, 'target record comes', 'target records come')} from nowhere.`,
    `${patientsOff} of ${counted(patients, 'patient')} ${patientsOff === 1 ? 'is' : 'are'} off: a record lost, added, moved or changed where it matters.`,
    `${share} of ${coverage.filled} filled legacy cells are carried, ${coverage.notCarried} left behind with a reason, ${coverage.suggested + coverage.open} open.`,
    ...(ambiguous > 0
      ? [`${counted(ambiguous, 'record waits', 'records wait')} for a person, because several fit equally well.`]
      : []),
    ...result.assumptions.map(({ words }) => `Assumed: ${words}`),
    ...result.patterns.map(({ field, words, count, of }) => `${field}: ${words} ${count} of ${counted(of, 'difference')}.`),
    ...totals.map(({ name, legacy, target }) => `${name}: ${legacy} in legacy, ${target} in the target.`),
    ...result.findings.map(
      ({ severity, code, place, count, patients: touched }) =>
        `${severity}: ${wording(code)?.title ?? code} (${place}): ${count}${touched === null ? '' : `, ${touched} ${touched === 1 ? 'patient' : 'patients'}`}.`,
    ),
    ...[...result.notEvaluated]
      .sort((a, b) => compareText(a.what, b.what))
      .map(({ what, why }) => `Not compared: ${what}: ${why}.`),
  ]
}
