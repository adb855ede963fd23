/** When the cases of a stream come: asked where the number is given, and said where nobody answered. */

import { type Arrival, alwaysOpen, type Scenario } from '../../../../core/workflow/map/scenario.ts'
import { arrivalHours } from '../../../../core/workflow/times/arrival-hours.ts'
import { SelectField } from '../fields/fields.tsx'

const unsaid = ' unsaid'

export function ArrivalHoursField({
  scenario,
  arrival,
  disabled,
  onArrival,
}: {
  readonly scenario: Scenario
  readonly arrival: Arrival
  readonly disabled: boolean
  readonly onArrival: (arrival: Arrival) => void
}) {
  if (!('perHour' in arrival)) return null
  const { words } = arrivalHours(scenario, arrival)
  const { calendar, ...rest } = arrival
  const works = scenario.calendars.size === 0 ? 'not said: day and night' : 'not said: while somebody works'
  return (
    <>
      <SelectField
        label="They come"
        value={calendar ?? unsaid}
        options={[
          { id: unsaid, label: works },
          { id: alwaysOpen, label: 'day and night' },
          ...[...scenario.calendars.keys()].map((id) => ({ id, label: `in the hours “${id}”` })),
        ]}
        disabled={disabled}
        onCommit={(id) => onArrival(id === unsaid || id === null ? rest : { ...rest, calendar: id })}
      />
      <p className="muted caption">{words}</p>
    </>
  )
}
