/** How much less each clinic books in its first week: the advice, the band the articles name, the runs behind it and the weeks of backlog. */

import { Fragment, useMemo } from 'react'
import { useSearchParams } from 'wouter'
import { counted } from '../../../../core/counted.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import {
  capacityCut,
  cutAssumptions,
  cutSeed,
  type JudgedCut,
  judgedCut,
  shownCut,
} from '../../../../core/readiness/criteria/go-live/capacity-cut.ts'
import { limitsOf } from '../../../../core/readiness/evidence/limits.ts'
import { rowsOf } from '../../../../core/readiness/kept-files/counted-rows.ts'
import { goLiveOf } from '../../../../core/readiness/kept-files/go-live.ts'
import { type BookedClinic, bookedClinics } from '../../../../core/readiness/measures/clinic-weeks.ts'
import {
  adviseCut,
  type ClinicWeeks,
  type CutAdvice,
  type CutForecast,
  neverWorkedOff,
} from '../../../../core/readiness/statistics/booking-cut.ts'
import { dayText } from '../../../../core/values/day.ts'
import { formatNumber, formatPercent } from '../../../components/format.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { wallNow } from '../../../session/ledger.ts'
import { CountedLines } from './counted-lines.tsx'
import { NoFile } from './no-file.tsx'
import styles from './views.module.css'

interface Row {
  readonly booked: BookedClinic
  readonly advice: CutAdvice
  readonly judged: JudgedCut
}

export function BookingsView({ project }: { readonly project: Project }) {
  const [search] = useSearchParams()
  const today = wallNow().slice(0, 10)
  const { goLive, thresholds, rows } = useMemo(() => {
    const limits = limitsOf(capacityCut, project, []).thresholds
    const day = goLiveOf(rowsOf(project, 'milestones') ?? [])
    const clinics = day === null ? [] : bookedClinics(rowsOf(project, 'bookings') ?? [], day, limits.weeksBefore ?? 4, today)
    const made = clinics.map((booked): Row => {
      const advice = adviseCut(booked, cutAssumptions(limits), cutSeed)
      return { booked, advice, judged: judgedCut(booked, advice, limits) }
    })
    return { goLive: day, thresholds: limits, rows: made }
  }, [project, today])
  if (goLive === null) return <NoFile kind="milestones" because="Go-live has no day, so there is no first week to cut" />
  if (rows.length === 0)
    return <NoFile kind="bookings" because={`No clinic has bookings in the last whole weeks before ${dayText(goLive)}`} />
  const [least, most] = [thresholds.leastPercent ?? 25, thresholds.mostPercent ?? 50]
  const chosen = rows.find(({ booked }) => booked.clinic === search.get('clinic')) ?? rows[0]
  return (
    <>
      <p className="below prose">
        The week from go-live on {dayText(goLive)}, simulated from each clinic's own bookings: work takes{' '}
        {thresholds.slowdownPercent} % longer on day 1, half of that after {thresholds.halfLifeDays} days. Advised is the least
        cut with which 19 of 20 runs leave no more than {thresholds.mostLeftPercent} % of a week's work, between {least} and{' '}
        {most} % (the articles name 25 to 50 %). An appointment book thins into the future: until go-live the first week is
        compared with what earlier weeks held as long before they began.
      </p>
      <ScrollRegion label="Advice by clinic" className={`box scroll ${styles.scroll}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Clinic</th>
              <th scope="col" className="number">
                Visits a week
              </th>
              <th scope="col" className="number">
                First week
              </th>
              <th scope="col" className="number">
                Cut now
              </th>
              <th scope="col">Advised</th>
              <th scope="col">
                0 to 70 %, band {least} to {most} %
              </th>
              <th scope="col">Backlog worked off</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ booked, advice, judged }) => (
              <tr key={booked.clinic}>
                <th scope="row">
                  <a
                    href={`#/readiness/views/bookings?clinic=${encodeURIComponent(booked.clinic)}`}
                    aria-current={booked === chosen?.booked ? 'true' : undefined}
                  >
                    {booked.clinic}
                  </a>
                </th>
                <td className="number">{formatNumber(booked.visits)}</td>
                <td className="number">{formatNumber(booked.first)}</td>
                <td className="number">
                  {booked.comparable === null && 'at most '}
                  {shownCut(booked, judged, thresholds)} %
                </td>
                <td>
                  <Advised judged={judged} />
                </td>
                <td>
                  <Band cut={booked.cut / 100} advised={judged.asked / 100} least={least / 100} most={most / 100} />
                </td>
                <td className={styles.said}>{recoveryWords(advice.clinic, forecastAt(advice, judged.asked / 100))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {chosen && <ClinicDetail row={chosen} />}
    </>
  )
}

function Advised({ judged: { asked, enough, holds } }: { readonly judged: JudgedCut }) {
  const words = enough ? (holds === null ? 'still filling' : holds ? 'reached' : 'not met') : 'not enough'
  return <Pill mark={holds === null ? 'warning' : holds ? 'ok' : 'error'}>{`${Math.round(asked)} %, ${words}`}</Pill>
}

/** The least cut compared that is no smaller; those of the band may lie between two steps. */
function forecastAt({ forecasts }: CutAdvice, cut: number): CutForecast | undefined {
  return forecasts.find((each) => each.cut >= cut - 1e-9)
}

function recoveryWords(clinic: ClinicWeeks, forecast: CutForecast | undefined): string {
  if (!forecast) return ''
  if (forecast.recovered !== null) return `by the end of week ${forecast.recovered + 1}`
  if (neverWorkedOff(clinic))
    return 'never: a usual week already takes all the time of its busiest one. Plan more staff, or book fewer visits for good'
  return `not within ${forecast.weeks.length} weeks: plan more staff, or cut for longer than one week`
}

/** From 0 to 70 %: the band, the advice as a bar, what is booked now as a dot. */
function Band(props: { readonly cut: number; readonly advised: number; readonly least: number; readonly most: number }) {
  const { cut, advised, least, most } = props
  const x = (share: number): number => 4 + (160 * Math.max(0, Math.min(0.7, share))) / 0.7
  return (
    <svg
      width="168"
      height="20"
      viewBox="0 0 168 20"
      role="img"
      aria-label={`advised ${Math.round(100 * advised)} %, now ${Math.round(100 * cut)} %`}
    >
      <path d="M4 10H164" stroke="var(--border-strong)" />
      <rect
        x={x(least)}
        y="5"
        width={Math.max(0, x(most) - x(least))}
        height="10"
        fill="var(--accent-bg)"
        stroke="var(--accent)"
      />
      <path d={`M${x(advised)} 1V19`} stroke="var(--text)" strokeWidth="3" />
      <circle cx={x(cut)} cy="10" r="4" fill="var(--surface)" stroke="var(--text)" strokeWidth="2" />
    </svg>
  )
}

function ClinicDetail({ row: { booked, advice, judged } }: { readonly row: Row }) {
  const shown = advice.forecasts.filter(({ cut }) => cut === 0 || (cut >= 0.2 && cut <= 0.5) || cut === advice.wanted)
  const forecast = forecastAt(advice, judged.asked / 100)
  return (
    <section className={`above-wide ${styles.section}`} aria-label={`Runs of ${booked.clinic}`}>
      <h2>{booked.clinic}: the runs behind the advice</h2>
      <p className="below prose">
        Usual week: {formatNumber(booked.visits)} visits of {formatNumber(Math.round(booked.minutes))} minutes,{' '}
        {formatPercent(booked.noShow)} do not come; the busiest of these weeks had {formatNumber(Math.round(booked.capacity))}{' '}
        minutes, which is what the clinic can do. Left over at the end of a week = left over before + visits that come × minutes ×
        (1 + slowness) − what the clinic can do, never below zero; 200 runs, the same luck for every cut.{' '}
        {advice.wanted === null && 'No cut up to 70 % holds in 19 of 20 runs: the clinic needs more staff in that week as well. '}
        {advice.wanted !== null &&
          Math.abs(100 * advice.wanted - judged.asked) > 1e-9 &&
          `The runs alone ask for ${Math.round(100 * advice.wanted)} %; advised is the nearest cut of the band${judged.enough ? '' : ', which is not enough: the clinic needs more staff in that week as well'}. `}
        <a href="#/readiness/inputs?kind=bookings">Open the bookings</a>
      </p>
      <ScrollRegion label={`Runs by cut, ${booked.clinic}`} className={`box scroll ${styles.scroll}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Cut</th>
              <th scope="col" className="number">
                Runs that hold
              </th>
              <th scope="col" className="number">
                Left after week 1, mean
              </th>
              <th scope="col" className="number">
                19 of 20 below
              </th>
              <th scope="col">Backlog worked off</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((each) => (
              <tr key={each.cut}>
                <th scope="row">
                  {Math.round(100 * each.cut)} %{each === forecast && ', advised'}
                </th>
                <td className="number">{formatPercent(each.holds)}</td>
                <td className="number">{minutesWords(each.weeks[0]?.left)}</td>
                <td className="number">{minutesWords(each.weeks[0]?.left95)}</td>
                <td className={styles.said}>{recoveryWords(advice.clinic, each)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {forecast && <Backlog forecast={forecast} clinic={booked.clinic} />}
      <details className={`above-wide ${styles.section}`}>
        <summary>{counted(booked.first, 'booking', 'bookings')} of the first week</summary>
        <CountedLines key={booked.clinic} title={`First week of ${booked.clinic}`} lines={booked.firstLines} />
      </details>
    </section>
  )
}

function minutesWords(minutes: number | undefined): string {
  return `${formatNumber(Math.round((minutes ?? 0) / 6) / 10)} h`
}

function Backlog({ forecast, clinic }: { readonly forecast: CutForecast; readonly clinic: string }) {
  const most = Math.max(60, ...forecast.weeks.map(({ left95 }) => left95))
  return (
    <div className={`above-wide ${styles.section}`}>
      <h3>Backlog by week with a cut of {Math.round(100 * forecast.cut)} %</h3>
      <svg
        className={`full ${styles.bars}`}
        viewBox="0 0 720 120"
        role="img"
        aria-label={`Backlog of ${clinic} by week; the table below has the numbers`}
      >
        <path d="M0 100H720" stroke="var(--border-strong)" />
        {forecast.weeks.map(({ week, left, left95 }) => {
          const [tall, taller] = [(96 * left) / most, (96 * left95) / most]
          const x = 12 + week * 58
          return (
            <Fragment key={week}>
              <rect x={x} y={100 - taller} width="36" height={taller} fill="var(--accent-bg)" stroke="var(--border-strong)" />
              <rect x={x} y={100 - tall} width="36" height={tall} fill="var(--accent)" />
              <text x={x + 18} y="116" textAnchor="middle" fontSize="12" fill="var(--text)">
                {week + 1}
              </text>
            </Fragment>
          )
        })}
      </svg>
      <p className="muted caption">Filled: the mean of all runs. Frame: 19 of 20 runs stay below.</p>
      <ScrollRegion label={`Weeks after go-live, ${clinic}`} className={`box scroll ${styles.scroll}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Week after go-live</th>
              {(['Work takes longer by', 'Visits booked', 'Left over, mean', '19 of 20 below'] as const).map((name) => (
                <th key={name} scope="col" className="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {forecast.weeks.map(({ week, slowness, booked, left, left95 }) => (
              <tr key={week}>
                <th scope="row">{week + 1}</th>
                <td className="number">{formatPercent(slowness)}</td>
                <td className="number">{formatNumber(Math.round(10 * booked) / 10)}</td>
                <td className="number">{minutesWords(left)}</td>
                <td className="number">{minutesWords(left95)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  )
}
