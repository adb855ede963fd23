/** The tasks with what was measured in each system, the difference, the clicks and the budget; what is estimated says so. */
import { counted as words } from '../../../../core/counted.ts'
import type { SystemTimes, TaskComparison, TimedVerdict } from '../../../../core/workflow/timed-tests/compare-systems.ts'
import { clicksOf } from '../../../../core/workflow/timed-tests/compare-systems.ts'
import { leastRuns, type TimedDifference } from '../../../../core/workflow/timed-tests/difference.ts'
import { withTask } from '../../../../core/workflow/timed-tests/plan.ts'
import type { System, TestTask } from '../../../../core/workflow/timed-tests/run.ts'
import { Button } from '../../../components/button.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { type Mark, Pill } from '../../../components/severity-mark.tsx'
import { keepPlan } from '../acts/timed-tests.ts'
import { NumberField } from '../fields/fields.tsx'
import styles from './timed.module.css'
import { OpensToRuns } from './timed-opened.tsx'
import { TaskMenu } from './timed-task-menu.tsx'
import { changeOfSeconds, secondsText, type TimedView, tenths } from './timed-view.ts'

const verdicts: Readonly<Record<TimedVerdict, { readonly mark: Mark; readonly words: string }>> = {
  slower: { mark: 'error', words: 'Slower' },
  faster: { mark: 'ok', words: 'Faster' },
  'no difference shown': { mark: 'waiting', words: 'No difference shown' },
  estimate: { mark: 'unknown', words: 'Estimate' },
  'not enough to say': { mark: 'waiting', words: 'Not enough to say' },
}

export function TaskTable({ view, onAdd }: { readonly view: TimedView; readonly onAdd: () => void }) {
  return (
    <section className="card stack-wide" aria-labelledby="timed-tasks">
      <span className={`row ${styles.row}`}>
        <h2 id="timed-tasks">Tasks</h2>
        {!view.readOnly && (
          <Button look="quiet" onPress={onAdd}>
            Add tasks…
          </Button>
        )}
      </span>
      <ScrollRegion label="Tasks, old and new system" className={`scroll tall ${styles.scroll}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Task</th>
              <th scope="col">Per shift</th>
              <th scope="col" className="number">
                {view.systems.old}
              </th>
              <th scope="col" className="number">
                {view.systems.new}
              </th>
              <th scope="col" className="number">
                Difference
              </th>
              <th scope="col" className="number">
                Clicks
              </th>
              <th scope="col">Budget</th>
            </tr>
          </thead>
          <tbody>
            {view.comparison.tasks.map((each) => (
              <TaskRow key={each.task.id} view={view} each={each} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  )
}

function TaskRow({ view, each }: { readonly view: TimedView; readonly each: TaskComparison }) {
  const { task } = each
  const change = (parts: Partial<TestTask>, said: string): void =>
    void keepPlan(view.workflow.id, withTask(view.plan, { ...task, ...parts }), said)
  return (
    <tr>
      <th scope="row">
        {task.label}
        <small className="muted">{task.role}</small>
        {each.discarded.length > 0 && (
          <OpensToRuns what={`${task.label}, discarded runs`} runs={each.discarded}>
            {each.discarded.length} discarded
          </OpensToRuns>
        )}
        {!view.readOnly && <TaskMenu view={view} each={each} />}
      </th>
      <td className={styles.narrow}>
        {view.readOnly ? (
          (task.perShift ?? '—')
        ) : (
          <NumberField
            label={`Times per shift, ${task.label}`}
            bare
            value={task.perShift}
            onCommit={(perShift) => change({ perShift }, `How often “${task.label}” occurs was changed`)}
          />
        )}
      </td>
      <Measured view={view} each={each} system="old" />
      <Measured view={view} each={each} system="new" />
      <td className="number">
        <div className={`stack-tight ${styles.stack}`}>
          <Difference view={view} each={each} />
        </div>
      </td>
      <td className="number">
        <Clicks view={view} each={each} />
      </td>
      <td className={styles.narrow}>
        {view.readOnly ? (
          (task.clickBudget ?? '—')
        ) : (
          <NumberField
            label={`Most clicks, ${task.label}`}
            bare
            value={task.clickBudget}
            onCommit={(clickBudget) => change({ clickBudget }, `Click budget of “${task.label}” was changed`)}
          />
        )}
        {task.clickBudget !== null && each.overBudget === null && (
          <small className="muted">
            clicks counted in {each.new.clicks?.n ?? 0} of {leastRuns} runs
          </small>
        )}
        {each.overBudget !== null &&
          (each.overBudget > 0 ? <Pill mark="warning">{tenths(each.overBudget)} over</Pill> : <Pill mark="ok">Kept</Pill>)}
      </td>
    </tr>
  )
}

function Measured({ view, each, system }: { readonly view: TimedView; readonly each: TaskComparison; readonly system: System }) {
  const times = each[system]
  const what = `${each.task.label}, ${view.systems[system]}`
  if (times.mean === null)
    return (
      <td className="number">
        <EstimateText what={what} times={times} />
      </td>
    )
  const discarded = each.discarded.filter((run) => run.system === system)
  return (
    <td className="number">
      <OpensToRuns
        what={what}
        runs={[...times.runs, ...discarded]}
        formula={[
          `Mean of ${times.runs.length} runs that count${times.deviation === null ? '' : `, standard deviation ${secondsText(times.deviation)}`}.`,
        ]}
      >
        {secondsText(times.mean)}
      </OpensToRuns>
      <small className="muted">
        {times.runs.length} {times.runs.length === 1 ? 'run' : 'runs'}
        {discarded.length > 0 && `, ${discarded.length} discarded`}
      </small>
    </td>
  )
}

function EstimateText({ what, times: { estimate } }: { readonly what: string; readonly times: SystemTimes }) {
  if (estimate === null) return <span className="muted">not timed</span>
  const formula =
    estimate.from === 'keystrokes'
      ? [
          'Keystroke-level model: 1.3 s per click and 0.2 s per key of the steps on the map; the upper end adds 1.35 s of thought before each click.',
          'Error-free experts, within about 21 %; waiting for the system is not in it.',
        ]
      : [`Working time of the steps as the map has it (${estimate.level ?? 'assumed'}).`]
  const same = estimate.least === estimate.most
  return (
    <>
      <OpensToRuns what={`${what}, estimate`} runs={[]} formula={formula}>
        {same ? secondsText(estimate.least) : `${tenths(estimate.least)}–${secondsText(estimate.most)}`}
      </OpensToRuns>
      <small className="muted">estimate, {estimate.from === 'keystrokes' ? 'keystrokes' : 'map'}</small>
    </>
  )
}

function Difference({ view, each }: { readonly view: TimedView; readonly each: TaskComparison }) {
  const { difference, estimated, verdict, task } = each
  const { mark, words: said } = verdicts[verdict]
  if (difference)
    return (
      <>
        <OpensToRuns
          what={`Difference, ${task.label}`}
          runs={[...each.old.runs, ...each.new.runs, ...each.discarded]}
          formula={[
            difference.how === 'paired'
              ? `${difference.n} people did the task in both systems: mean of their differences, t with ${difference.degrees} degrees of freedom.`
              : `Not the same people in both systems (${each.pairs} did both): difference of the means of each person, Welch’s interval with ${difference.degrees} degrees of freedom.`,
            ...pairLines(difference),
            ...unusedLines(difference),
          ]}
        >
          {changeOfSeconds(difference.mean)}
        </OpensToRuns>
        <small className="muted">
          {changeOfSeconds(difference.low)} to {changeOfSeconds(difference.high)}
        </small>
        {difference.unused.length > 0 && (
          <small className="muted">
            {difference.how === 'paired' ? words(difference.n, 'pair') : `${difference.n} people each`},{' '}
            {words(difference.unused.length, 'run')} not used
          </small>
        )}
        {difference.against !== null && <Pill mark="warning">All runs say {changeOfSeconds(difference.against)}</Pill>}
        <Pill mark={mark}>{said}</Pill>
      </>
    )
  return (
    <>
      {estimated && (
        <span>
          {changeOfSeconds(estimated[0])} to {changeOfSeconds(estimated[1])}
        </span>
      )}
      <Pill mark={mark}>{said}</Pill>
      {verdict === 'not enough to say' && <small className="muted">{lackWords(view, each)}</small>}
    </>
  )
}

/** The pairs in seconds, in the order in which the people came; who they are is in the table of the runs. */
function pairLines({ how, persons }: TimedDifference): readonly string[] {
  if (how !== 'paired') return []
  return [`New minus old of each pair: ${[...persons.values()].map((seconds) => changeOfSeconds(seconds)).join(', ')}.`]
}

function unusedLines({ unused, against }: TimedDifference): readonly string[] {
  if (unused.length === 0) return []
  const other = against === null ? '' : ` The means of all runs differ by ${changeOfSeconds(against)}, the other way.`
  return [`${words(unused.length, 'run')} not used: they name nobody, or somebody without a run in the other system.${other}`]
}

function lackWords(view: TimedView, { old, new: now }: TaskComparison): string {
  const lacks = (['old', 'new'] as const).flatMap((system) => {
    const { runs } = system === 'old' ? old : now
    const more = leastRuns - new Set(runs.flatMap(({ person }) => person ?? [])).size
    return more > 0 ? [`${more} more people with a code in ${view.systems[system]}`] : []
  })
  return lacks.length === 0 ? 'time the same people in both' : lacks.join(', ')
}

function Clicks({ view, each }: { readonly view: TimedView; readonly each: TaskComparison }) {
  const of = (system: System): string => {
    const counted =
      each[system].clicks?.mean ?? clicksOf(view.workflow[system === 'old' ? 'current' : 'future'], each.task.steps[system])
    return counted === null ? '—' : tenths(counted)
  }
  return (
    <>
      {of('old')} → {of('new')}
      <small className="muted">{each.new.clicks === null ? 'from the map' : `counted in ${each.new.clicks.n} runs`}</small>
    </>
  )
}
