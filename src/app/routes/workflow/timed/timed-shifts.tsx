/** Minutes per shift by role, with the interval and what it was added up from. */
import { counted as words } from '../../../../core/counted.ts'
import type { ShiftMinutes } from '../../../../core/workflow/timed-tests/per-shift.ts'
import { Pill } from '../../../components/severity-mark.tsx'
import styles from './timed.module.css'
import { OpensToRuns } from './timed-opened.tsx'
import { changeOfMinutes, changeOfSeconds, rangeOfMinutes, type TimedView, tenths } from './timed-view.ts'

export function ShiftSummary({ view }: { readonly view: TimedView }) {
  return (
    <section className="card stack-wide" aria-labelledby="per-shift">
      <h2 id="per-shift">Minutes per shift</h2>
      <ul className={styles.shifts}>
        {view.shifts.map((shift) => (
          <li key={shift.role}>
            <ShiftLine shift={shift} hours={view.plan.shiftHours} />
          </li>
        ))}
      </ul>
      <p className="muted caption">
        {view.systems.new} minus {view.systems.old}, for one person in a shift of {tenths(view.plan.shiftHours)} h: differences of
        the tasks times how often each is done; 95 % intervals by Student’s t. At least five pairs, or five people in each system,
        else it is not enough to say.
      </p>
    </section>
  )
}

function ShiftLine({ shift, hours }: { readonly shift: ShiftMinutes; readonly hours: number }) {
  const { role, mean, low, high, counted, left, estimated } = shift
  const all = counted.length + left.length
  return (
    <>
      <span className="row">
        <strong>{role}</strong>
        {mean === null || low === null || high === null ? (
          <Pill mark="waiting">Not enough to say</Pill>
        ) : (
          <>
            <OpensToRuns
              what={`Minutes per shift, ${role}`}
              runs={counted.flatMap((each) => [...each.old.runs, ...each.new.runs, ...each.discarded])}
              formula={formulaOf(shift, hours)}
            >
              {changeOfMinutes(mean)} per shift
            </OpensToRuns>
            <span className="muted">
              {changeOfMinutes(low)} to {changeOfMinutes(high)}, from {counted.length} of {words(all, 'task')}
            </span>
            {low > 0 && <Pill mark="error">Slower</Pill>}
            {high < 0 && <Pill mark="ok">Faster</Pill>}
            {low <= 0 && high >= 0 && <Pill mark="waiting">No difference shown</Pill>}
          </>
        )}
      </span>
      {estimated && <small className="muted">Not timed yet, estimated from clicks and maps: {rangeOfMinutes(estimated)}.</small>}
      {left.length > 0 && (
        <small className="muted">
          Left out:{' '}
          {left
            .map(
              ({ task, why }) =>
                `${task.task.label} (${why === 'no frequency' ? 'how often per shift is not given' : 'not timed enough'})`,
            )
            .join(', ')}
          .
        </small>
      )}
    </>
  )
}

const hows: Readonly<Record<NonNullable<ShiftMinutes['how']>, string>> = {
  persons: 'The same people did all tasks: each person’s shift was added up, and the interval is over persons.',
  shared:
    'Some people did several of the tasks: what each of them adds to the errors was summed by person, with the fewest degrees of freedom of a task.',
  independent: 'Different people did different tasks: the errors of the tasks were added as independent (Welch–Satterthwaite).',
}

/** The sum as it was made, so that anybody can make it again. */
function formulaOf({ counted, how }: ShiftMinutes, hours: number): readonly string[] {
  return [
    ...counted.flatMap(({ task, difference }) =>
      difference === null || task.perShift === null
        ? []
        : [
            `${task.label}: ${tenths(task.perShift)} times in ${tenths(hours)} h × ${changeOfSeconds(difference.mean)} = ${changeOfMinutes((task.perShift * difference.mean) / 60)}`,
          ],
    ),
    ...(how === null ? [] : [hows[how]]),
  ]
}
