/** The downtime kit: what it was made from, whether it still counts, and the sheets of each department for print. */
import { useMemo, useState } from 'react'
import { useSearchParams } from 'wouter'
import { counted } from '../../../../core/counted.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { kitDays, makeKit } from '../../../../core/readiness/downtime/kit.ts'
import { summaryPart } from '../../../../core/readiness/downtime/kit-parts.ts'
import { keptKit } from '../../../../core/readiness/downtime/kit-record.ts'
import { shortDigest } from '../../../../core/readiness/sheets/sheet.ts'
import { addDays, daysBetween, dayText } from '../../../../core/values/day.ts'
import { Button } from '../../../components/button.tsx'
import { Note } from '../../../components/panel.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { wallNow } from '../../../session/ledger.ts'
import { useWorkspace } from '../../../session/state.ts'
import { makeDowntimeKit } from '../acts/downtime-kit.ts'
import { ReportSheet } from '../reports/report-sheet.tsx'
import { NoFile } from './no-file.tsx'
import styles from './views.module.css'

/** Summary forms printed beyond those of booked visits. */
const spareForms = 2

export function DowntimeView({ project }: { readonly project: Project }) {
  const [search] = useSearchParams()
  const [summaries, setSummaries] = useState(false)
  const readOnly = useWorkspace((w) => w.project?.readOnly != null)
  const today = wallNow().slice(0, 10)
  const kept = useMemo(() => keptKit(project), [project])
  const kit = useMemo(() => makeKit(project, kept?.record.day ?? today), [project, kept, today])
  if (!kit) return <NoFile kind="roster" because="The roster names no department to make a kit for" />
  const chosen = kit.clinics.find(({ name }) => name === search.get('clinic'))
  const shown = chosen ? [chosen] : kit.clinics
  return (
    <>
      <div className="no-print">
        <p className="below prose">
          For the hours in which no system answers: what people do while each interface is down, who is called, the booked visits
          of three days, a paper form for each critical step of the future maps, and an empty patient summary to copy. No form
          holds anything about a patient, and none of them is kept: the project keeps what the kit was made from and its digest.{' '}
          <a href="#/readiness/views/summaries">Print a summary of a patient from the migrated records</a>
        </p>
        <KitState kept={kept} today={today} />
        <div className="row-start above">
          <Button
            look={kept && kept.stale === null ? 'plain' : 'primary'}
            isDisabled={readOnly}
            onPress={() => void makeDowntimeKit()}
          >
            {kept ? 'Make the kit again' : 'Make the kit'}
          </Button>
          <label>
            <input type="checkbox" checked={summaries} onChange={(event) => setSummaries(event.target.checked)} /> Print an empty
            patient summary (allergies, medicines) for each booked visit, too
          </label>
        </div>
        <ScrollRegion label="Departments of the kit" className={`box scroll ${styles.scroll} above-wide ${styles.section}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Department</th>
                <th scope="col" className="number">
                  Booked visits
                </th>
                <th scope="col" className="number">
                  Procedures
                </th>
                <th scope="col" className="number">
                  Paper forms
                </th>
              </tr>
            </thead>
            <tbody>
              {kit.clinics.map(({ name, bookings, procedures, forms }) => (
                <tr key={name}>
                  <th scope="row">
                    <a
                      href={`#/readiness/views/downtime?clinic=${encodeURIComponent(name)}`}
                      aria-current={chosen?.name === name ? 'true' : undefined}
                    >
                      {name}
                    </a>
                  </th>
                  <td className="number">{bookings}</td>
                  <td className="number">
                    <a href="#/readiness/views/integration">{procedures}</a>
                  </td>
                  <td className="number">{forms}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
        <p className={`above-wide ${styles.section} muted`}>
          {chosen ? (
            <>
              Below and in print: {chosen.name}. <a href="#/readiness/views/downtime">Show all departments</a>
            </>
          ) : (
            'Below and in print: all departments, each on pages of its own. Choose one above to print it alone.'
          )}
        </p>
      </div>
      {shown.map(({ name, bookings, sheet }) => (
        <div key={name} className={`above-wide ${styles.kit}`}>
          <ReportSheet
            sheet={
              summaries
                ? {
                    ...sheet,
                    sections: [
                      ...sheet.sections,
                      ...Array.from({ length: bookings + spareForms }, (_, n) =>
                        summaryPart(`${n + 1} of ${bookings + spareForms}`),
                      ),
                    ],
                  }
                : sheet
            }
          />
        </div>
      ))}
    </>
  )
}

function KitState({ kept, today }: { readonly kept: ReturnType<typeof keptKit>; readonly today: string }) {
  if (!kept) return <Note mark="warning">No kit is made yet. What is shown below is what it would be today.</Note>
  const { record, stale } = kept
  if (stale !== null)
    return (
      <Note mark="error">
        The kit of {dayText(record.day)} no longer counts: {stale}. Make it again, print it and take the old one away.
      </Note>
    )
  const lastDay = addDays(record.day, kitDays)
  if (today > lastDay)
    return (
      <Note mark="error">
        The lists of the kit of {dayText(record.day)} end on {dayText(lastDay)}. Make it again, print it and take the old one
        away.
      </Note>
    )
  return (
    <Note mark="ok">
      The kit of {dayText(record.day)} ({counted(daysBetween(record.day, today), 'day')} old, digest {shortDigest(record.digest)})
      is made from {counted(record.from.length, 'file')} that have not changed since.{' '}
      <a href="#/readiness?criterion=downtime-kit">Open the criterion</a>
    </Note>
  )
}
