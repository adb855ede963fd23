/** What a run is made with: arrivals, staff and hours, seed and length, and the first week after go-live. Every change is an edit that can be undone. */

import { useState } from 'react'
import { type Discipline, type GoLive, type OffShift, type Staffing, usualRun } from '../../../../core/workflow/map/scenario.ts'
import { usualGoLive } from '../../../../core/workflow/simulation/forecast.ts'
import { Button } from '../../../components/button.tsx'
import { CheckField, NumberField, SelectField, TextField } from '../fields/fields.tsx'
import styles from './simulate.module.css'
import { ArrivalInputs } from './simulate-arrivals.tsx'
import { type InputProps, readShifts, scenarioOf, shiftsText, staffedLanes, withStaff } from './simulate-scenario.ts'

export function SimulationInputs(props: InputProps) {
  return (
    <div className={styles.inputs}>
      <ArrivalInputs {...props} />
      <StaffInputs {...props} />
      <CalendarInputs {...props} />
      <RunInputs {...props} />
      <GoLiveInputs {...props} />
    </div>
  )
}

const offShiftWords: Readonly<Record<OffShift, string>> = {
  finish: 'is finished after closing',
  pause: 'stops and goes on next shift',
  fit: 'begins only if it fits',
}

const disciplineWords: Readonly<Record<Discipline, string>> = {
  fifo: 'who came first',
  sjf: 'the shortest work',
  priority: 'the most urgent',
  preempt: 'the most urgent, at once',
}

function StaffInputs({ workflow, readOnly, onScenario }: InputProps) {
  const scenario = scenarioOf(workflow)
  const lanes = staffedLanes(workflow)
  if (lanes.length === 0) return null
  const calendars = [...scenario.calendars.keys()].map((id) => ({ id, label: id }))
  const disciplines = (['fifo', 'sjf', ...(scenario.priority ? (['priority', 'preempt'] as const) : [])] as const).map((id) => ({
    id,
    label: disciplineWords[id],
  }))
  const change = (ids: readonly string[], label: string, staffing: Staffing): void =>
    onScenario(withStaff(scenario, ids, staffing), `Staff of ${label} changed`)
  return (
    <section aria-label="Staff and hours">
      <h2>Staff and hours</h2>
      {lanes.map(({ ids, label, only, staffing, discipline }) => (
        <fieldset key={ids.join(' ')} className={`stack-tight ${styles.roleFields}`}>
          <legend>
            <strong>{label}</strong>
            {only !== null && <span className="muted"> ({only} map)</span>}
          </legend>
          <NumberField
            label="People"
            value={staffing.count}
            disabled={readOnly}
            hint={staffing.count === null ? 'Without a number nobody waits for this role.' : ''}
            onCommit={(count) => change(ids, label, { ...staffing, count: count === null ? null : Math.round(count) })}
          />
          <SelectField
            label="Hours"
            value={staffing.calendar}
            options={calendars}
            none="always open"
            disabled={readOnly}
            onCommit={(calendar) => change(ids, label, { ...staffing, calendar })}
          />
          {staffing.calendar !== null && (
            <SelectField
              label="Open work"
              value={staffing.offShift}
              options={(Object.keys(offShiftWords) as OffShift[]).map((each) => ({ id: each, label: offShiftWords[each] }))}
              disabled={readOnly}
              onCommit={(offShift) => change(ids, label, { ...staffing, offShift: offShift ?? 'finish' })}
            />
          )}
          <SelectField
            label="Next is"
            value={discipline}
            options={disciplines}
            disabled={readOnly}
            onCommit={(chosen) =>
              onScenario(
                {
                  ...scenario,
                  discipline: new Map([...scenario.discipline, ...ids.map((id) => [id, chosen ?? 'fifo'] as const)]),
                },
                `${label} serves ${disciplineWords[chosen ?? 'fifo']} next`,
              )
            }
          />
        </fieldset>
      ))}
    </section>
  )
}

function CalendarInputs({ workflow, readOnly, onScenario }: InputProps) {
  const scenario = scenarioOf(workflow)
  const [adding, setAdding] = useState(false)
  const put = (name: string, text: string): string | null => {
    const shifts = readShifts(text)
    if (shifts === null) return 'Write days and times such as “mon-fri 08:00-12:00; mon-fri 13:00-17:00”.'
    onScenario({ ...scenario, calendars: new Map(scenario.calendars).set(name, shifts) }, `Hours “${name}” changed`)
    return null
  }
  return (
    <section aria-label="Opening hours">
      <h3>Opening hours</h3>
      {[...scenario.calendars].map(([name, shifts]) => (
        <TextField
          key={name}
          label={name}
          value={shiftsText(shifts)}
          disabled={readOnly}
          lines={2}
          onCommit={(text) => put(name, text)}
        />
      ))}
      {adding && (
        <TextField
          label="Name"
          value=""
          hint="Open Monday to Friday 08:00 to 17:00 to begin with."
          onCommit={(name) => {
            if (name.trim() === '' || scenario.calendars.has(name.trim())) return 'Give a name that is not used yet.'
            setAdding(false)
            return put(name.trim(), 'mon-fri 08:00-17:00')
          }}
        />
      )}
      {!readOnly && !adding && (
        <Button look="quiet" onPress={() => setAdding(true)}>
          Add opening hours
        </Button>
      )}
    </section>
  )
}

function RunInputs({ workflow, readOnly, onScenario }: InputProps) {
  const scenario = scenarioOf(workflow)
  const byDays = scenario.days !== null
  const whole = (value: number | null, otherwise: number): number => Math.max(1, Math.round(value ?? otherwise))
  return (
    <section aria-label="The run">
      <h2>The run</h2>
      <SelectField
        label="Length"
        value={byDays ? 'days' : 'cases'}
        options={[
          { id: 'cases', label: 'a number of cases' },
          { id: 'days', label: 'a number of days' },
        ]}
        disabled={readOnly}
        onCommit={(by) => onScenario({ ...scenario, days: by === 'days' ? 28 : null }, `Length in ${by}`)}
      />
      {byDays ? (
        <NumberField
          label="Days"
          value={scenario.days}
          disabled={readOnly}
          onCommit={(days) => onScenario({ ...scenario, days: whole(days, 28) }, 'Days changed')}
        />
      ) : (
        <NumberField
          label="Cases"
          value={scenario.cases}
          disabled={readOnly}
          onCommit={(cases) => onScenario({ ...scenario, cases: whole(cases, usualRun.cases) }, 'Cases changed')}
        />
      )}
      <NumberField
        label="Replications"
        value={scenario.replications}
        disabled={readOnly}
        hint="At least; more are run until the mean lead time is known to 5 %."
        onCommit={(count) =>
          onScenario({ ...scenario, replications: whole(count, usualRun.replications) }, 'Replications changed')
        }
      />
      <NumberField
        label="Seed"
        value={scenario.seed}
        disabled={readOnly}
        hint="The same seed gives the same numbers on every machine."
        onCommit={(seed) => onScenario({ ...scenario, seed: Math.round(seed ?? usualRun.seed) }, 'Seed changed')}
      />
    </section>
  )
}

function GoLiveInputs({ workflow, readOnly, onScenario }: InputProps) {
  const scenario = scenarioOf(workflow)
  const goLive = scenario.goLive
  const change = (parts: Partial<GoLive>): void =>
    onScenario({ ...scenario, goLive: { ...(goLive ?? usualGoLive), ...parts } }, 'Go-live week changed')
  return (
    <section aria-label="Go-live week">
      <h2>Go-live week</h2>
      <CheckField
        label="Plan the first weeks after go-live"
        value={goLive !== null}
        disabled={readOnly}
        onCommit={(on) =>
          onScenario({ ...scenario, goLive: on ? usualGoLive : null }, on ? 'Go-live planned' : 'Go-live left out')
        }
      />
      {goLive && (
        <>
          <SelectField
            label="Bookings, week 1"
            value={String(Math.round(goLive.cut * 100))}
            options={cutChoices(goLive.cut)}
            disabled={readOnly}
            onCommit={(cut) => change({ cut: Number(cut ?? 0) / 100 })}
          />
          <NumberField
            label="Slower, day 1 (%)"
            value={Math.round(goLive.slowdown * 100)}
            disabled={readOnly}
            hint="How much longer work takes on the first day."
            onCommit={(percent) => change({ slowdown: (percent ?? 0) / 100 })}
          />
          <NumberField
            label="Learned half (days)"
            value={goLive.halfLifeDays}
            disabled={readOnly}
            hint="Days after which half of that is gone."
            onCommit={(days) => change({ halfLifeDays: Math.max(0.1, days ?? usualGoLive.halfLifeDays) })}
          />
          <NumberField
            label="Booked again (wk)"
            value={goLive.rebookWeeks}
            disabled={readOnly}
            hint="Weeks over which cut bookings come back; 0: they do not."
            onCommit={(weeks) => change({ rebookWeeks: Math.round(weeks ?? 0) })}
          />
        </>
      )}
    </section>
  )
}

function cutChoices(now: number): readonly { readonly id: string; readonly label: string }[] {
  const percents = [...new Set([0, 25, 30, 40, 50, Math.round(now * 100)])].sort((a, b) => a - b)
  return percents.map((percent) => ({ id: String(percent), label: percent === 0 ? 'as usual' : `−${percent} %` }))
}
