/** Whether the work still goes as it went: the first cases against windows of later ones, in sentences and as a table. */

import { dayText } from '../../../../core/values/day.ts'
import { lengthText } from '../../../../core/workflow/log/length-text.ts'
import type { Drift } from '../../../../core/workflow/mining/drift.ts'
import { formatNumber, formatPercent } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import styles from './logs.module.css'

export function LogDrift({ drift }: { readonly drift: Drift | null | 'not yet' }) {
  return (
    <section className={`stack below-wide ${styles.section}`} aria-labelledby="drift">
      <h2 id="drift">Has it changed</h2>
      {drift === 'not yet' ? (
        <p className="muted">Comparing the first cases with later ones…</p>
      ) : drift === null ? (
        <p className="muted">Too few timed cases for a baseline and a window after it: not judged.</p>
      ) : (
        <Found drift={drift} />
      )}
    </section>
  )
}

function Found({ drift }: { readonly drift: Drift }) {
  const { baseline, windows, missing, leadTime, threshold, notes } = drift
  const arcs = windows.find(({ alarms }) => alarms.includes('arcs'))
  const quiet = missing.length === 0 && leadTime === null && arcs === undefined
  return (
    <>
      {missing.map(({ activity, window, before, after }) => (
        <Note key={activity} mark="warning">
          Since {day(windows[window]?.from)} “{activity}” goes missing: {formatPercent(before)} of the cases with its neighbours
          had it, now {formatPercent(after)}. Look whether it is done on paper again.
        </Note>
      ))}
      {arcs && (
        <Note mark="warning">
          Since {day(arcs.from)} steps follow each other in another way than in the first {formatNumber(baseline.cases)} cases.
        </Note>
      )}
      {leadTime && (
        <Note mark="info">
          Since {day(leadTime.began)} cases take {leadTime.direction === 'up' ? 'longer' : 'less time'}.
        </Note>
      )}
      {quiet && (
        <p>
          Nothing: {windows.length} windows go as the first {formatNumber(baseline.cases)} cases did.
        </p>
      )}
      <ScrollRegion className={`box scroll ${styles.scroll}`} label="Windows of cases">
        <table>
          <thead>
            <tr>
              <th scope="col">Cases that begin</th>
              <th scope="col" className="number">
                Cases
              </th>
              <th scope="col" className="number">
                Distance of flows
              </th>
              <th scope="col" className="number">
                Half done within
              </th>
              <th scope="col">Alarm</th>
            </tr>
          </thead>
          <tbody>
            {windows.map((window, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: windows are numbered by their place
              <tr key={at}>
                <th scope="row">
                  {day(window.from)} to {day(window.to)}
                </th>
                <td className="number">{formatNumber(window.cases)}</td>
                <td className="number">{window.arcs.jensenShannon.toFixed(3)} bit</td>
                <td className="number">{lengthText(window.medianLeadTime)}</td>
                <td>
                  {[
                    ...(window.alarms.includes('arcs') ? ['other order'] : []),
                    ...missing.filter((step) => step.window === at).map((step) => `“${step.activity}” missing`),
                  ].join(', ') || '—'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="muted caption">
        Baseline: the first {formatNumber(baseline.cases)} cases, {day(baseline.from)} to {day(baseline.to)}. Flows are called
        other from {threshold.toFixed(3)} bit (Jensen–Shannon) on: 0.1 bit, or what chance alone gives for windows of this size,
        and only if χ² agrees. {notes.join(' ')}
      </p>
    </>
  )
}

function day(time: number | undefined): string {
  return time === undefined ? 'then' : dayText(new Date(time).toISOString())
}
