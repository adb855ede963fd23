/** The smaller parts of a reconciliation: its facts, control totals, patterns, the queue of doubtful pairs, and what was not judged. */
import { useMemo } from 'react'
import { declaredOf, groupedFigure, isOfCell, maskedTotal } from '../../../../core/data/reconcile/account/masked-totals.ts'
import type { ReconcileResult } from '../../../../core/data/reconcile/account/result.ts'
import { safetyClasses } from '../../../../core/finding.ts'
import { formatCount, formatNumber, formatPercent } from '../../../components/format.ts'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { RevealButton, useShown } from '../../../frame/reveal-button.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { readOpenMapping } from '../acts/mapping.ts'
import data from '../data.module.css'
import styles from './reconcile.module.css'

export function ReconcileFacts({ result }: { readonly result: ReconcileResult }) {
  const records = result.tables.reduce((sum, { legacy }) => sum + legacy, 0)
  const { coverage } = result
  return (
    <div className="row-start below-wide">
      <div className={`box stack-tight ${styles.fact}`}>
        <span className="muted caption">Unaccounted legacy records</span>
        <strong className={result.unaccounted > 0 && !result.isUnconfirmed ? 'strong is-error' : undefined}>
          {result.isUnconfirmed ? '—' : formatNumber(result.unaccounted)}
        </strong>
        <span className="muted caption">
          {result.isUnconfirmed
            ? `${formatCount(records, 'record')} not compared: no line is confirmed`
            : `of ${formatNumber(records)}`}
        </span>
      </div>
      <div className={`box stack-tight ${styles.fact}`}>
        <span className="muted caption">Unexplained target records</span>
        <strong>{result.isUnconfirmed ? '—' : formatNumber(result.unexplained)}</strong>
        <span className="muted caption">
          {result.isUnconfirmed ? 'not compared: no line is confirmed' : 'come from nowhere known'}
        </span>
      </div>
      <div className={`box stack-tight ${styles.fact}`}>
        <span className="muted caption">Patients off</span>
        <strong className={result.patients === 0 && !result.isUnconfirmed ? 'strong is-error' : undefined}>
          {result.patients === 0 ? '—' : formatNumber(result.patientsOff)}
        </strong>
        <span className="muted caption">
          {result.patients === 0
            ? 'no patient was compared'
            : `of ${formatNumber(result.patients)}; ${formatNumber(result.patientsUnbalanced)} with a record lost or added`}
        </span>
      </div>
      <div className={`box stack-tight ${styles.fact}`}>
        <span className="muted caption">Filled cells carried</span>
        <strong>{coverage.filled === 0 ? '—' : formatPercent(coverage.carried / coverage.filled)}</strong>
        <span className="muted caption">
          {formatNumber(coverage.notCarried)} left behind, {formatNumber(coverage.open + coverage.suggested)} open
        </span>
      </div>
    </div>
  )
}

export function PatientsBySafety({ result }: { readonly result: ReconcileResult }) {
  const classes = safetyClasses.filter((each) => (result.patientsBySafety[each] ?? 0) > 0)
  if (classes.length === 0) return null
  return (
    <section className={`around-wide ${data.section}`}>
      <h2>Patients off by safety class</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">What of the record</th>
            <th scope="col" className="number">
              Patients
            </th>
          </tr>
        </thead>
        <tbody>
          {classes.map((each) => (
            <tr key={each}>
              <th scope="row">{each.replaceAll('-', ' ')}</th>
              <td className="number">{formatNumber(result.patientsBySafety[each] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export function ControlTotals({ result }: { readonly result: ReconcileResult }) {
  const show = useShown()
  const mapping = useWorkspace((w) => w.project?.mapping)
  const declared = useMemo(
    () => declaredOf(readOpenMapping(mapping ?? new Map()).mapping.values, result.fields),
    [mapping, result],
  )
  if (result.totals.length === 0) return null
  const unequal = result.totals.filter(({ equal }) => !equal)
  return (
    <section className={`around-wide ${data.section}`}>
      <div className="row apart">
        <h2>Control totals</h2>
        <RevealButton />
      </div>
      <p className="muted">
        {formatNumber(result.totals.length - unequal.length)} of {formatNumber(result.totals.length)} agree. Codes that the field
        map names, counts, sums, and first and last days of 11 or more records are shown; what could point to one person is
        masked.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="box scroll" tabIndex={0} aria-label="Control totals">
        <table>
          <thead>
            <tr>
              <th scope="col">Total</th>
              <th scope="col" className="number">
                Legacy
              </th>
              <th scope="col" className="number">
                Target
              </th>
              <th scope="col">Agree</th>
            </tr>
          </thead>
          <tbody>
            {[...unequal, ...result.totals.filter(({ equal }) => equal)]
              .map((total) => [total, maskedTotal(total, show, declared)] as const)
              .map(([{ name, equal }, shown]) => (
                <tr key={name}>
                  <th scope="row">{shown.name}</th>
                  <td className="number">{figureOf(name, shown.legacy)}</td>
                  <td className="number">{figureOf(name, shown.target)}</td>
                  <td>
                    <SeverityMark mark={equal ? 'ok' : 'error'} /> {agreesWords(equal, shown.legacy === shown.target)}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

/** Sums of values that a line rounds, converts or allows to differ are two figures, and agree. */
function agreesWords(equal: boolean, same: boolean): string {
  if (!equal) return 'not equal'
  return same ? 'equal' : 'equal by the rule of its line'
}

/** Counts and sums with separators; the first and last value of a column as it stands. */
function figureOf(name: string, figure: string): string {
  return isOfCell(name) ? figure : groupedFigure(figure)
}

export function Patterns({ result }: { readonly result: ReconcileResult }) {
  if (result.patterns.length === 0) return null
  return (
    <section className={`around-wide ${data.section}`}>
      <h2>One cause behind many differences</h2>
      <ul className="stack-tight bullets">
        {result.patterns.map(({ field, kind, words, count, of }) => (
          <li key={`${field}${kind}`}>
            <strong>{field}</strong>: {words} ({formatNumber(count)} of {formatNumber(of)})
          </li>
        ))}
      </ul>
    </section>
  )
}

const queueShown = 50

/** Pairs nobody can decide but a person; never guessed. */
export function AmbiguityQueue({ result, names }: { readonly result: ReconcileResult; readonly names: readonly string[] }) {
  if (result.ambiguous === 0) return null
  const place = ({ input, line }: { readonly input: number; readonly line: number }): string =>
    `${names[input] ?? 'file'} line ${formatNumber(line)}`
  return (
    <section className={`around-wide ${data.section}`}>
      <h2>Doubtful pairs</h2>
      <p className="muted">
        {formatCount(result.ambiguous, 'legacy record fits', 'legacy records fit')} several target records equally well.{' '}
        {result.ambiguous === 1 ? 'It is' : 'They are'} not joined: decide {result.ambiguous === 1 ? 'it' : 'them'}, or add a key
        to the field map.
      </p>
      <ol className={`stack ${data.rows}`}>
        {result.queue.slice(0, queueShown).map((one) => (
          <li key={`${one.legacy.input}:${one.legacy.record}`}>
            {one.table}: {place(one.legacy)} — fits {one.candidates.map(place).join(', ')}
          </li>
        ))}
      </ol>
      {result.ambiguous > queueShown && (
        <p className="muted">
          The first {formatNumber(Math.min(queueShown, result.queue.length))} of {formatNumber(result.ambiguous)} are shown.
        </p>
      )}
    </section>
  )
}

export function NotReconciled({ result }: { readonly result: ReconcileResult }) {
  if (result.notEvaluated.length === 0) return null
  return (
    <details className={`above-wide ${data.coverage}`}>
      <summary>{formatCount(result.notEvaluated.length, 'thing', 'things')} could not be reconciled</summary>
      <ul>
        {result.notEvaluated.map(({ what, why }) => (
          <li key={`${what}${why}`}>
            <strong>{what}</strong>: {why}
          </li>
        ))}
      </ul>
    </details>
  )
}
