/** Three heat maps of the board: who is in the project, who stands at the elbow, and what was solved in its shift. */

import { useMemo } from 'react'
import { counted } from '../../../../core/counted.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { rowsOf } from '../../../../core/readiness/kept-files/counted-rows.ts'
import { goLiveOf } from '../../../../core/readiness/kept-files/go-live.ts'
import { rosterPeople } from '../../../../core/readiness/measures/roster-people.ts'
import { peopleGrid } from '../../../../core/readiness/views/people-grid.ts'
import { type ShiftGrid, supportGrid, triageGrid } from '../../../../core/readiness/views/shift-grids.ts'
import { dayText } from '../../../../core/values/day.ts'
import { wallNow } from '../../../session/ledger.ts'
import { CountedLines } from './counted-lines.tsx'
import { HeatTable } from './heat-table.tsx'
import { NoFile } from './no-file.tsx'
import styles from './views.module.css'

export function PeopleView({ project }: { readonly project: Project }) {
  const today = wallNow().slice(0, 10)
  const grid = useMemo(() => {
    const rows = rowsOf(project, 'roster')
    return rows && rows.length > 0 ? peopleGrid(rows, today) : null
  }, [project, today])
  if (!grid) return <NoFile kind="roster" />
  return (
    <>
      <p className="below prose">
        People of the roster by role and department, as of {dayText(today)}. Each clinical department needs hours for the project
        and a lead user; <a href="#/readiness?criterion=departments-represented">the criterion</a> names those without. Groups of
        fewer than five people are said to be there, but neither counted nor listed.
      </p>
      <HeatTable grid={grid} label="People by role and department" />
    </>
  )
}

export function SupportView({ project }: { readonly project: Project }) {
  const today = wallNow().slice(0, 10)
  const [shown, goLive] = useMemo(() => {
    const rows = rowsOf(project, 'shifts')
    const day = goLiveOf(rowsOf(project, 'milestones') ?? [])
    const people = rosterPeople(rowsOf(project, 'roster') ?? [], today)
    return [rows && supportGrid(rows, people, day), day] as const
  }, [project, today])
  if (!shown) return <NoFile kind="shifts" />
  if (shown.grid.rows.length === 0)
    return (
      <NoFile
        kind="shifts"
        because={goLive === null ? 'No clinical shift is listed' : `No clinical shift is listed from ${dayText(goLive)} on`}
      />
    )
  return (
    <>
      <p className="below prose">
        {goLive === null
          ? 'Go-live has no day yet, so every listed clinical shift is shown.'
          : `Clinical shifts from go-live on ${dayText(goLive)}.`}{' '}
        A cell counts who of the roster stands at the elbow; a shift is covered when somebody is there for its whole length.{' '}
        <a href="#/readiness?criterion=floor-support">The criterion</a> looks at the first two weeks.
      </p>
      <HeatTable grid={shown.grid} label="Support at the elbow by shift and department" />
      <Left shown={shown} />
    </>
  )
}

export function TriageView({ project }: { readonly project: Project }) {
  const shown = useMemo(() => {
    const [tickets, shifts] = [rowsOf(project, 'tickets'), rowsOf(project, 'shifts')]
    return tickets && shifts && triageGrid(tickets, shifts)
  }, [project])
  if (!shown) return <NoFile kind={rowsOf(project, 'tickets') ? 'shifts' : 'tickets'} />
  return (
    <>
      <p className="below prose">
        Tickets by the shift in which they were opened, the latest first: how many were closed before it ended. Shifts are
        intervals of time, so midnight and clock changes do no harm; where shifts overlap, the later end counts.{' '}
        <a href="#/readiness?criterion=same-shift-triage">The criterion</a> says what share is asked.
      </p>
      {shown.grid.rows.length === 0 ? (
        <NoFile kind="shifts" because="No ticket was opened during a listed shift" />
      ) : (
        <HeatTable grid={shown.grid} label="Tickets closed in their shift, by shift and department" />
      )}
      <Left shown={shown} />
      {shown.loose.length > 0 && (
        <details className={`above-wide ${styles.section}`}>
          <summary>{counted(shown.loose.length, 'ticket was', 'tickets were')} opened when no shift is listed</summary>
          <CountedLines title="Tickets without a listed shift" lines={shown.loose} />
        </details>
      )}
    </>
  )
}

function Left({ shown }: { readonly shown: ShiftGrid }) {
  return shown.left === 0 ? null : <p className="muted">{shown.left} more shifts are in the file.</p>
}
