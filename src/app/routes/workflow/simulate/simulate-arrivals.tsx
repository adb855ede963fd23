/** Arrivals by weekday and hour: one stretch a day in the column, every hour of the week in a dialog. */

import { useState } from 'react'
import { type Arrival, alwaysOpen, type Weekday, weekdays } from '../../../../core/workflow/map/scenario.ts'
import { hoursOfArrivals } from '../../../../core/workflow/times/calendar.ts'
import { casesPerWeek } from '../../../../core/workflow/times/times.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { formatNumber } from '../../../components/format.ts'
import { Select } from '../../../components/select.tsx'
import { NumberField, SelectField } from '../fields/fields.tsx'
import { ArrivalHoursField } from './arrival-hours.tsx'
import styles from './simulate.module.css'
import {
  type InputProps,
  ratesOf,
  scenarioOf,
  startOf,
  stretchOf,
  withArrival,
  withRates,
  withStretch,
} from './simulate-scenario.ts'

const dayNames: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
}

export function ArrivalInputs({ workflow, readOnly, onScenario }: InputProps) {
  const scenario = scenarioOf(workflow)
  const [chosen, setChosen] = useState(0)
  const [editing, setEditing] = useState(false)
  const at = Math.min(chosen, Math.max(0, scenario.arrivals.length - 1))
  const arrival: Arrival = scenario.arrivals[at] ?? { node: startOf(workflow), perHour: 0 }
  const perWeek = casesPerWeek(scenario)
  const put = (next: Arrival): void => onScenario(withArrival(scenario, at, next), 'Arrivals changed')
  const rates = ratesOf(arrival, hoursOfArrivals(scenario, arrival))
  const names = (node: string): string =>
    workflow.current.nodes.get(node)?.label || workflow.future.nodes.get(node)?.label || 'Start of the map'
  return (
    <section aria-label="Arrivals">
      <h2>Arrivals</h2>
      {scenario.arrivals.length > 1 && (
        <Select
          label="Stream"
          value={String(at)}
          choices={scenario.arrivals.map((each, index) => [String(index), `${index + 1}: ${names(each.node)}`] as const)}
          onChange={(index) => setChosen(Number(index))}
        />
      )}
      {rates === null ? (
        <p className="muted">Cases come at drawn distances of time, as the scenario says.</p>
      ) : (
        <>
          <SelectField
            label="Cases come"
            value={'perHour' in arrival ? 'even' : 'hourly'}
            options={[
              { id: 'even', label: 'evenly' },
              { id: 'hourly', label: 'by weekday and hour' },
            ]}
            disabled={readOnly}
            onCommit={(how) => put(how === 'even' ? evenly(arrival) : { ...head(arrival), hourly: rates })}
          />
          {'perHour' in arrival ? (
            <>
              <NumberField
                label="Cases per hour"
                value={scenario.arrivals.length === 0 ? null : arrival.perHour}
                disabled={readOnly}
                onCommit={(perHour) => put({ ...arrival, perHour: perHour ?? 0 })}
              />
              {scenario.arrivals.length > 0 && (
                <ArrivalHoursField scenario={scenario} arrival={arrival} disabled={readOnly} onArrival={put} />
              )}
            </>
          ) : (
            <>
              <DayTable arrival={arrival} readOnly={readOnly} onArrival={put} />
              <Button look="quiet" onPress={() => setEditing(true)}>
                Every hour of the week…
              </Button>
            </>
          )}
        </>
      )}
      <p className="muted caption">
        {perWeek === null ? 'No case comes yet.' : `${formatNumber(Math.round(perWeek))} cases a week.`}
      </p>
      {editing && <HourDialog arrival={arrival} readOnly={readOnly} onArrival={put} onClose={() => setEditing(false)} />}
    </section>
  )
}

function head({ node, attributes }: Arrival) {
  return attributes ? { node, attributes } : { node }
}

/** The same number of cases a week, spread over all hours. */
function evenly(arrival: Arrival): Arrival {
  const perWeek = Object.values(ratesOf(arrival) ?? {})
    .flat()
    .reduce((sum, rate) => sum + rate, 0)
  return { ...head(arrival), perHour: Math.round((perWeek / 168) * 1000) / 1000, calendar: alwaysOpen }
}

interface RateProps {
  readonly arrival: Arrival
  readonly readOnly: boolean
  readonly onArrival: (arrival: Arrival) => void
}

function DayTable({ arrival, readOnly, onArrival }: RateProps) {
  const rates = ratesOf(arrival) ?? {}
  return (
    <table className={`scroll tall ${styles.hours}`}>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">Cases/h</th>
        </tr>
      </thead>
      <tbody>
        {weekdays.map((day) => {
          const stretch = stretchOf(rates[day])
          return (
            <tr key={day}>
              <th scope="row">{dayNames[day].slice(0, 3)}</th>
              {stretch === null ? (
                <td colSpan={3} className="muted">
                  differs by hour
                </td>
              ) : (
                (['from', 'to', 'perHour'] as const).map((part) => (
                  <td key={part}>
                    <Cell
                      label={`${dayNames[day]}, ${part === 'from' ? 'from hour' : part === 'to' ? 'to hour' : 'cases per hour'}`}
                      value={stretch[part]}
                      most={part === 'perHour' ? Number.POSITIVE_INFINITY : 24}
                      disabled={readOnly}
                      onCommit={(value) => onArrival(withStretch(arrival, day, { ...stretch, [part]: value }))}
                    />
                  </td>
                ))
              )}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function HourDialog({ arrival, readOnly, onArrival, onClose }: RateProps & { readonly onClose: () => void }) {
  const rates = ratesOf(arrival) ?? {}
  return (
    <Dialog title="Cases per hour" open wide onClose={onClose}>
      <div className={`scroll tall ${styles.hours}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Hour</th>
              {weekdays.map((day) => (
                <th key={day} scope="col">
                  {dayNames[day].slice(0, 3)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: 24 }, (_, hour) => hour).map((hour) => (
              <tr key={hour}>
                <th scope="row">{String(hour).padStart(2, '0')}:00</th>
                {weekdays.map((day) => (
                  <td key={day}>
                    <Cell
                      label={`${dayNames[day]}, ${hour}:00, cases per hour`}
                      value={rates[day]?.[hour] ?? 0}
                      most={Number.POSITIVE_INFINITY}
                      disabled={readOnly}
                      onCommit={(value) =>
                        onArrival(
                          withRates(
                            arrival,
                            day,
                            Array.from({ length: 24 }, (_, each) => (each === hour ? value : (rates[day]?.[each] ?? 0))),
                          ),
                        )
                      }
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <DialogActions>
        <Button onPress={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  )
}

/** A number in a table; what can not be read goes back to what was there. */
function Cell({
  label,
  value,
  most,
  disabled,
  onCommit,
}: {
  readonly label: string
  readonly value: number
  readonly most: number
  readonly disabled: boolean
  readonly onCommit: (value: number) => void
}) {
  return (
    <input
      key={value}
      aria-label={label}
      inputMode="decimal"
      defaultValue={String(value)}
      disabled={disabled}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      onBlur={(event) => {
        const number = Number(event.currentTarget.value.replace(',', '.'))
        const usable = event.currentTarget.value.trim() !== '' && Number.isFinite(number) && number >= 0 && number <= most
        if (!usable) event.currentTarget.value = String(value)
        else if (number !== value) onCommit(number)
      }}
    />
  )
}
