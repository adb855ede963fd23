/** Chart audit: after go-live a few charts each month, drawn like any sample, judged by named measures, followed on a p-chart. */
import { useMemo, useState } from 'react'
import { type ChartAudit, chartAudits, marksMissing } from '../../../../core/project/review/chart-audits.ts'
import { inputPath } from '../../../../core/readiness/input-files/files.ts'
import { openedInput } from '../../../../core/readiness/kept-files/opened.ts'
import { type AuditMonth, auditChart } from '../../../../core/readiness/statistics/share-chart.ts'
import { keysFromText } from '../../../../core/review/decision/golden.ts'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { formatNumber, formatPercent } from '../../../components/format.ts'
import { EmptyState, Note, PageHead } from '../../../components/panel.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { useNamed, WhoWorks } from '../../../frame/who-works.tsx'
import { wallNow } from '../../../session/ledger.ts'
import { useWorkspace } from '../../../session/state.ts'
import { chartNumbers, drawMonth, keepMark, listMonth } from '../acts/chart-audit.ts'
import { RollSeed } from '../plan/roll-seed.tsx'
import styles from './charts.module.css'
import { monthWords, SharePlot, ShareTable } from './share-plot.tsx'

export function ChartsPage() {
  const project = useWorkspace((w) => w.project)
  const named = useNamed()
  const audits = useMemo(() => (project ? chartAudits(project) : []), [project])
  const charts = useMemo(() => (project ? chartsOf(project.other) : []), [project])
  if (!project) return null
  if (!audits) return <Note mark="error">The file of chart audits can not be read: restore it from a backup.</Note>
  const listed = audits.filter((audit) => audit.seed === null)
  const drawn = audits.filter((audit) => audit.seed !== null)
  const open = drawn.filter((audit) => marksMissing(audit) > 0)
  const finished = drawn.filter((audit) => marksMissing(audit) === 0)
  return (
    <div className={`stack-wide ${styles.page}`}>
      <PageHead title="Chart audit" />
      <p className="muted">
        After go-live a sample of charts is judged each month. A p-chart tells a bad month from a bad day: limits follow the
        number of charts of each month. Finished months are evidence of <a href="#/readiness">Readiness</a>, phase after go-live.
      </p>
      {!named && <WhoWorks question="Who audits?" button="Audit in this name" className={'bar'} />}
      {named && (
        <ListMonth
          taken={audits.map(({ month }) => month)}
          measures={audits.at(-1)?.measures ?? (charts.length > 0 ? charts.map(({ measure }) => measure) : defaultMeasures)}
        />
      )}
      {listed.map((audit) => (
        <RollMonth key={audit.month} audit={audit} />
      ))}
      {open.map((audit) => (
        <MarkCharts key={audit.month} audit={audit} named={named} />
      ))}
      {finished.length > 0 && (
        <details>
          <summary>Finished months: look at their marks, or correct one</summary>
          {finished.map((audit) => (
            <MarkCharts key={audit.month} audit={audit} named={named} />
          ))}
        </details>
      )}
      {charts.length === 0 ? (
        <EmptyState title="No month is finished yet">
          <p>List the charts of a month, roll the seed and mark each chart drawn; its share appears here with its limits.</p>
        </EmptyState>
      ) : (
        charts.map(({ measure, months }, index) => (
          <Measure
            key={measure}
            number={index + 1}
            measure={measure}
            months={months}
            unfinished={unfinishedOf([...listed, ...open], measure, months)}
          />
        ))
      )}
    </div>
  )
}

/** Months begun here for this measure that count nothing yet, with what is missing. */
function unfinishedOf(
  audits: readonly ChartAudit[],
  measure: string,
  months: readonly AuditMonth[],
): ReadonlyMap<string, string> {
  return new Map(
    audits
      .filter((audit) => audit.measures.includes(measure) && !months.some(({ month }) => month === audit.month))
      .map((audit) => [
        audit.month,
        audit.seed === null
          ? 'listed, the seed is not rolled'
          : `not finished: ${formatNumber(marksMissing(audit))} of ${formatNumber(audit.charts.length * audit.measures.length)} marks are missing`,
      ]),
  )
}

/** The list is in the ledger; now two people roll, as for the main sample. */
function RollMonth({ audit: { month, population, wanted } }: { readonly audit: ChartAudit }) {
  return (
    <section className={`stack ${styles.seed}`} aria-label={`Seed of ${monthWords(month)}`}>
      <p>
        The list of {formatNumber(population)} charts of {monthWords(month)} is committed; {formatNumber(wanted)} are drawn from
        it.
      </p>
      <RollSeed
        title={`Roll the seed of ${monthWords(month)}`}
        what="charts"
        again={false}
        draw={(seed, rolledBy) => drawMonth(month, seed, rolledBy)}
        onDone={() => undefined}
      />
    </section>
  )
}

const defaultMeasures = ['Allergies complete', 'Medicines complete', 'Problems accurate']

function Measure({
  number,
  measure,
  months,
  unfinished,
}: {
  readonly number: number
  readonly measure: string
  readonly months: readonly AuditMonth[]
  readonly unfinished: ReadonlyMap<string, string>
}) {
  const [known, setKnown] = useState('')
  const given = known.trim() === '' ? null : Number(known.replace(',', '.')) / 100
  const usable = given !== null && given > 0 && given < 1
  const chart = auditChart(months, usable ? given : null)
  if (!chart) return null
  const signals = chart.points.filter((point) => point.signals.length > 0)
  return (
    <section className={`stack ${styles.measure}`} aria-label={`Measure ${number}: ${measure}`}>
      <h2>{measure}</h2>
      <p role="status">
        Centre {formatPercent(chart.centre)}, {chart.from === 'pooled' ? 'all months together' : 'given'}.{' '}
        {signals.length === 0
          ? `No signal in ${chart.points.length} ${chart.points.length === 1 ? 'month' : 'months'}.`
          : `Signal in ${signals.map(({ month }) => monthWords(month)).join(', ')}: find out what changed there before anybody is blamed.`}{' '}
        <span className="muted">
          If nothing changed, {chart.expectedByChance.toFixed(2)} of these months would fall out of their limits by chance.
        </span>
      </p>
      <SharePlot measure={measure} chart={chart} unfinished={unfinished} />
      <ShareTable measure={`Measure ${number}: ${measure}`} chart={chart} unfinished={unfinished} />
      <Field
        label="Share known before these months, in per cent (empty: all months together)"
        value={known}
        onChange={setKnown}
        inputMode="decimal"
        problem={known.trim() !== '' && !usable ? 'Write a number between 0 and 100.' : null}
      />
    </section>
  )
}

function ListMonth({ taken, measures }: { readonly taken: readonly string[]; readonly measures: readonly string[] }) {
  const frame = useWorkspace((w) => w.run?.pairing?.frame ?? null)
  const [month, setMonth] = useState(wallNow().slice(0, 7))
  const [wanted, setWanted] = useState('20')
  const [words, setWords] = useState(measures.join('\n'))
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const pasted = keysFromText(text).keys
  const keys = pasted.length > 0 ? pasted : (frame ?? []).map(({ key }) => key)
  const commit = async (): Promise<void> => {
    setBusy(true)
    const list = words
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
    const refusal = await listMonth(month.trim(), keys, Number(wanted), list)
    setProblem(refusal)
    setBusy(false)
    if (refusal === null) setText('')
  }
  return (
    <details className={`card ${styles.draw}`} open={taken.length === 0}>
      <summary>List the charts of a month</summary>
      <div className={`around tiles ${styles.fields}`}>
        <Field label="Month" value={month} onChange={setMonth} hint="Year and month, 2026-08" />
        <Field label="How many charts" value={wanted} onChange={setWanted} inputMode="numeric" />
        <Field label="What each chart is judged by, one per line" lines={3} value={words} onChange={setWords} />
        <Field
          label="Numbers of the charts worked in that month, one per line"
          lines={3}
          value={text}
          onChange={setText}
          hint={
            pasted.length > 0
              ? `${formatNumber(pasted.length)} charts`
              : frame
                ? `Left empty, all ${formatNumber(frame.length)} records of the last run are the list.`
                : 'Paste them from the schedule of the month.'
          }
        />
      </div>
      {problem !== null && <Note mark="error">{problem}</Note>}
      <Button look="primary" onPress={() => void commit()} isDisabled={busy || keys.length === 0}>
        Commit the list
      </Button>
    </details>
  )
}

function MarkCharts({ audit, named }: { readonly audit: ChartAudit; readonly named: boolean }) {
  const project = useWorkspace((w) => w.project)
  const [problem, setProblem] = useState<string | null>(null)
  const numbers = useMemo(() => (project ? chartNumbers(project) : new Map<string, string>()), [project])
  const said = new Map(audit.marks.map(({ chart, measure, met }) => [`${chart} ${measure}`, met]))
  const left = marksMissing(audit)
  return (
    <section className={`stack ${styles.measure}`} aria-label={`Charts of ${monthWords(audit.month)}`}>
      <h2>{monthWords(audit.month)}</h2>
      <p role="status">
        {formatNumber(audit.charts.length)} of {formatNumber(audit.population)} charts, drawn with seed <code>{audit.seed}</code>,
        rolled by {audit.rolledBy.join(' and ')}. {formatNumber(left)} {left === 1 ? 'mark is' : 'marks are'} missing; the month
        counts when none is.
      </p>
      {problem !== null && <Note mark="error">{problem}</Note>}
      <ScrollRegion label={`Charts of ${monthWords(audit.month)} to mark`} className={`box scroll ${styles.scroll}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Chart</th>
              {audit.measures.map((measure) => (
                <th scope="col" key={measure}>
                  {measure}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {audit.charts.map(({ id }, index) => (
              <tr key={id}>
                <th scope="row">{numbers.get(id) ?? `chart ${index + 1}`}</th>
                {audit.measures.map((measure) => {
                  const met = said.get(`${id} ${measure}`)
                  const keep = (value: boolean): void => void keepMark(audit.month, id, measure, value).then(setProblem)
                  return (
                    <td key={measure}>
                      <fieldset className={styles.marks} disabled={!named}>
                        <legend className="visually-hidden">
                          {measure}, chart {numbers.get(id) ?? index + 1}
                        </legend>
                        {([true, false] as const).map((value) => (
                          <label key={String(value)}>
                            <input
                              type="radio"
                              name={`${audit.month} ${id} ${measure}`}
                              checked={met === value}
                              onChange={() => keep(value)}
                            />{' '}
                            {value ? 'met' : 'not met'}
                          </label>
                        ))}
                      </fieldset>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  )
}

interface MeasuredSeries {
  readonly measure: string
  readonly months: readonly AuditMonth[]
}

/** Every measure of the file that the board reads: audits made here and months brought from elsewhere. */
function chartsOf(other: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): readonly MeasuredSeries[] {
  const bytes = other.get(inputPath('quality'))
  if (!bytes) return []
  const { rows } = openedInput('quality', bytes).table
  const byMeasure = new Map<string, AuditMonth[]>()
  for (const { measure, month, met, of } of rows)
    byMeasure.set(measure, [...(byMeasure.get(measure) ?? []), { month: month.slice(0, 7), met, of }])
  return [...byMeasure].sort(([a], [b]) => (a < b ? -1 : 1)).map(([measure, months]) => ({ measure, months }))
}
