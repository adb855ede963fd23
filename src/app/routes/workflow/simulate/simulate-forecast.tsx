/** The weeks after go-live: open cases by day for each cut of the first week's bookings. */
import { useState } from 'react'
import { type Forecast, type ForecastStudy, forecastWords, usualWords } from '../../../../core/workflow/simulation/forecast.ts'
import { Button } from '../../../components/button.tsx'
import { formatDuration, formatPercent } from '../../../components/format.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { Select } from '../../../components/select.tsx'
import styles from './simulate.module.css'
import { LineChart, LineLegend } from './simulate-charts.tsx'
import { OpensTo } from './simulate-opened.tsx'
import { axisOf } from './simulate-view.ts'

interface ForecastProps {
  readonly study: ForecastStudy | null
  readonly stale: boolean
  readonly disabled: boolean
  readonly onRun: () => void
}

export function GoLiveForecast({ study, stale, disabled, onRun }: ForecastProps) {
  return (
    <section className={styles.card} aria-labelledby="forecast">
      <h2 id="forecast">After go-live</h2>
      <p className="muted">
        Work is slower while people learn. A cut takes bookings out of the first week, and they come back in the weeks after it:
        the forecast shows whether that keeps the backlog smaller.
      </p>
      <div>
        <Button isDisabled={disabled} onPress={onRun}>
          {study ? 'Forecast again' : 'Forecast the backlog'}
        </Button>
      </div>
      {study && (
        <div className={stale ? styles.stale : undefined}>
          {stale && <p className="caption">From before the last edit.</p>}
          <Backlog study={study} />
        </div>
      )}
    </section>
  )
}

const one = (value: number): string => (Math.round(value * 10) / 10).toFixed(1)

function cutName({ cut }: Forecast): string {
  return cut === 0 ? 'No cut' : `−${formatPercent(cut)}`
}

const looks = ['current', 'third', 'future'] as const

function Backlog({ study }: { readonly study: ForecastStudy }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const forecasts = pickThree(study)
  const most = Math.max(1, ...forecasts.flatMap(({ days }) => days.map(({ open }) => open.mean)))
  const shown =
    study.forecasts.find(({ cut }) => String(cut) === chosen) ?? study.forecasts.find(({ cut }) => cut === study.goLive.cut)
  const lines = forecasts.map((forecast, at) => ({ forecast, name: cutName(forecast), look: looks[at] ?? 'current' }) as const)
  return (
    <>
      <p>{forecastWords(study)}</p>
      <LineLegend lines={lines} />
      <ScrollRegion className="scroll" label="Backlog by day, drawn">
        <LineChart
          label="Open cases by day after go-live; the table below holds the numbers"
          lines={lines.map(({ forecast, ...line }) => ({ ...line, values: forecast.days.map(({ open }) => open.mean) }))}
          axis={axisOf(most)}
          steps={[0, 2, 4, 6].map((week) => ({ at: week * 7, words: `week ${week + 1}` }))}
          format={(value) => String(Math.round(value * 10) / 10)}
        />
      </ScrollRegion>
      <ScrollRegion className="scroll" label="Backlog by cut of bookings">
        <table>
          <thead>
            <tr>
              <th scope="col">Bookings, week 1</th>
              <th scope="col" className="number">
                Most open cases on one day
              </th>
              <th scope="col" className="number">
                95 %
              </th>
              <th scope="col">Whole weeks</th>
            </tr>
          </thead>
          <tbody>
            {study.forecasts.map((forecast) => (
              <tr key={forecast.cut}>
                <th scope="row">{cutName(forecast)}</th>
                <td className="number">
                  <OpensTo
                    what={`Most open cases on a day, ${cutName(forecast)}`}
                    shown={forecast.peak}
                    format={one}
                    seed={study.seed}
                  />
                </td>
                <td className="number muted">
                  {one(forecast.peak.interval[0])} – {one(forecast.peak.interval[1])}
                </td>
                <td>{usualWords(forecast.backToUsual)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="muted caption">
        Usual is {one(study.usual)} open cases on a day of the week before; back to usual: from then on every week stays within a
        tenth of it and no booking is put off any more. Work takes {formatPercent(study.goLive.slowdown)} longer on day 1, half of
        that after {study.goLive.halfLifeDays} days; cut bookings{' '}
        {study.goLive.rebookWeeks === 0 ? 'do not come back' : `come back over ${study.goLive.rebookWeeks} weeks`}. Seed{' '}
        {study.seed}, {study.replications} replications.
      </p>
      {shown && (
        <details>
          <summary>Numbers by day</summary>
          <Select
            label="Cut"
            value={String(shown.cut)}
            choices={study.forecasts.map((forecast) => [String(forecast.cut), cutName(forecast)] as const)}
            onChange={setChosen}
          />
          <DayTable forecast={shown} seed={study.seed} />
        </details>
      )}
    </>
  )
}

/** No cut, the cut asked for, and the largest one. */
function pickThree({ forecasts, goLive }: ForecastStudy): readonly Forecast[] {
  const last = forecasts.at(-1)
  const wanted = forecasts.find(({ cut }) => cut === goLive.cut)
  return [...new Set([forecasts[0], wanted, last])].filter((each) => each !== undefined)
}

function DayTable({ forecast, seed }: { readonly forecast: Forecast; readonly seed: number }) {
  return (
    <ScrollRegion className="scroll" label="Forecast day by day">
      <table>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col" className="number">
              Open cases
            </th>
            <th scope="col" className="number">
              Bookings put off
            </th>
            <th scope="col" className="number">
              Lead time of those who came
            </th>
          </tr>
        </thead>
        <tbody>
          {forecast.days.map((day, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: days are numbered by their place.
            <tr key={at}>
              <th scope="row">{at + 1}</th>
              <td className="number">
                <OpensTo what={`Open cases on day ${at + 1}`} shown={day.open} format={one} seed={seed} />
              </td>
              <td className="number">
                <OpensTo what={`Bookings put off on day ${at + 1}`} shown={day.putOff} format={one} seed={seed} />
              </td>
              <td className="number">
                <OpensTo what={`Lead time, day ${at + 1}`} shown={day.lead} format={formatDuration} seed={seed} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
