/** Timing one run by keyboard: begin, count, interrupt, end; then look at the numbers once and save or discard them. */
import { useEffect, useRef, useState } from 'react'
import { observationRecord } from '../../../../core/readiness/measures/timed-runs.ts'
import { type System, systems } from '../../../../core/workflow/timed-tests/run.ts'
import {
  type Counter,
  countedUp,
  counters,
  interrupted,
  started,
  stoppedAt,
  type Stopwatch as Watch,
  workedSeconds,
} from '../../../../core/workflow/timed-tests/stopwatch.ts'
import { Button } from '../../../components/button.tsx'
import { Select } from '../../../components/select.tsx'
import { useKeys } from '../../../window/keys.ts'
import { changeWatch, clockNow, momentNow, setTimedNow, type TimedNow, useTimedNow } from '../acts/stopwatches.ts'
import { addRuns } from '../acts/timed-tests.ts'
import { NumberField, TextField } from '../fields/fields.tsx'
import styles from './timed.module.css'
import { discardReasons } from './timed-reasons.ts'
import { secondsText, type TimedView } from './timed-view.ts'

const counterWords: Readonly<Record<Counter, { readonly one: string; readonly key: string }>> = {
  clicks: { one: 'Click', key: 'C' },
  keys: { one: 'Key', key: 'K' },
  screens: { one: 'Screen', key: 'N' },
}

export function Stopwatch({ view }: { readonly view: TimedView }) {
  const { tasks } = view.plan
  const run = useTimedNow((state) => state.run)
  const mine = run !== null && run.workflow === view.workflow.id && tasks.some(({ id }) => id === run.task) ? run : null
  const [task, setTask] = useState(tasks[0]?.id ?? '')
  const [system, setSystem] = useState<System>('old')
  const [person, setPerson] = useState('')
  const [said, setSaid] = useState('')
  const chosen = tasks.find(({ id }) => id === (mine?.task ?? task)) ?? tasks[0]
  const saving = useRef(false)
  const going = mine !== null && mine.watch.stoppedAt === null
  const begin = (): void => {
    // One run at a time on this device: another one, of any workflow, is neither stopped nor lost.
    if (!chosen || run !== null || view.readOnly) return
    const watch = started(clockNow())
    setTimedNow({ workflow: view.workflow.id, task: chosen.id, system, person: person.trim(), startedAt: momentNow(), watch })
    setSaid(`Timing ${chosen.label} in ${view.systems[system]}`)
  }
  const end = (): void => {
    if (!going) return
    changeWatch((watch) => stoppedAt(watch, clockNow()))
    setSaid('Stopped. Look at the numbers and save the run, or discard it.')
  }
  const pause = (): void => {
    if (going) changeWatch((watch) => interrupted(watch, clockNow()))
  }
  const count = (what: Counter, by: 1 | -1): void => {
    if (going) changeWatch((watch) => countedUp(watch, what, by))
  }
  const save = async (from: TimedNow, discarded: string): Promise<void> => {
    const at = chosen
    if (!at || from.watch.stoppedAt === null || saving.current) return
    const { clicks, keys, screens, interruptions, interruptedFor } = from.watch
    const seconds = workedSeconds(from.watch, 0)
    const record = observationRecord({
      task: at.id,
      role: at.role,
      system: from.system,
      startedAt: from.startedAt,
      seconds,
      clicks,
      keys,
      screens,
      person: from.person,
      interruptions,
      interruptedSeconds: interruptedFor / 1000,
      discarded,
    })
    const words = `${at.label}, ${view.systems[from.system]}, ${secondsText(seconds)}`
    saving.current = true
    const done = discarded === '' ? `A run was saved (${words})` : `A run was discarded (${words})`
    const kept = await addRuns([record], done).finally(() => {
      saving.current = false
    })
    // A run is let go only once it is kept.
    if (!kept) return setSaid('The run could not be saved; it is still here.')
    setTimedNow(null)
    // The same person does the same task in the other system next: that is the pair.
    setSystem(from.system === 'old' ? 'new' : 'old')
    setSaid(discarded === '' ? `Saved: ${words}` : `Discarded: ${words}`)
  }
  useKeys('page', {
    T: () => (going ? end() : begin()),
    P: pause,
    ...Object.fromEntries(
      counters.flatMap((what) => [
        [counterWords[what].key, () => count(what, 1)],
        [`Shift+${counterWords[what].key}`, () => count(what, -1)],
      ]),
    ),
  })
  return (
    <section className={`card stack-wide ${styles.watch}`} aria-labelledby="stopwatch">
      <h2 id="stopwatch">Time a run</h2>
      {mine === null ? (
        <>
          <Select
            label="Task"
            value={chosen?.id ?? ''}
            choices={tasks.map(({ id, label, role }) => [id, `${label} (${role})`] as const)}
            onChange={setTask}
          />
          <Select
            label="System"
            value={system}
            choices={systems.map((each) => [each, view.systems[each]] as const)}
            onChange={setSystem}
          />
          <TextField
            label="Who (a code)"
            value={person}
            hint="The same code in both systems makes a pair. Only a keyed hash of it leaves private/."
            onCommit={setPerson}
          />
          {run !== null && (
            <p>
              Another run is {run.watch.stoppedAt === null ? 'being timed' : 'not saved yet'}:{' '}
              <a href={`#/workflow/${run.workflow}/tests`}>end it there first</a>.{' '}
              <Button onPress={() => setTimedNow(null)}>Give that run up</Button>
            </p>
          )}
          <Button look="primary" large isDisabled={view.readOnly || run !== null} onPress={begin}>
            Begin <kbd>T</kbd>
          </Button>
        </>
      ) : mine.watch.stoppedAt === null ? (
        <Going view={view} run={mine} label={chosen?.label ?? ''} onCount={count} onPause={pause} onEnd={end} />
      ) : (
        <Review view={view} run={mine} label={chosen?.label ?? ''} onSave={(run, discarded) => void save(run, discarded)} />
      )}
      <p className="muted caption">
        <kbd>T</kbd> begins and ends, <kbd>C</kbd> a click, <kbd>K</kbd> a key, <kbd>N</kbd> a new screen, with Shift one fewer;{' '}
        <kbd>P</kbd> an interruption, and its end. What is counted here can be corrected before it is saved.
      </p>
      <div role="status" aria-live="polite" className="visually-hidden">
        {said}
      </div>
    </section>
  )
}

function Going(props: {
  readonly view: TimedView
  readonly run: TimedNow
  readonly label: string
  readonly onCount: (what: Counter, by: 1 | -1) => void
  readonly onPause: () => void
  readonly onEnd: () => void
}) {
  const { view, run, label, onCount, onPause, onEnd } = props
  const now = useSecondHand()
  const { watch } = run
  const paused = watch.interruptedAt !== null
  return (
    <>
      <p>
        <strong>{label}</strong> in {view.systems[run.system]}
      </p>
      <b className={`digits strong ${styles.clock} ${paused ? 'muted' : ''}`} role="timer">
        {clockText(workedSeconds(watch, now))}
      </b>
      <p className="muted">{paused ? 'Interrupted: the clock stands still' : 'Running'}</p>
      <div className="stack">
        {counters.map((what) => (
          <Button
            key={what}
            large
            onPress={() => onCount(what, 1)}
            aria-label={`${counterWords[what].one}, ${watch[what] ?? 'none'} counted so far`}
          >
            <span>
              {counterWords[what].one} <b>{watch[what] ?? '–'}</b> <kbd>{counterWords[what].key}</kbd>
            </span>
          </Button>
        ))}
      </div>
      <div className={`row ${styles.row}`}>
        <Button large onPress={onPause}>
          {paused ? 'Go on' : 'Interrupted'} <kbd>P</kbd>
        </Button>
        <Button look="primary" large onPress={onEnd}>
          End <kbd>T</kbd>
        </Button>
      </div>
    </>
  )
}

function Review(props: {
  readonly view: TimedView
  readonly run: TimedNow
  readonly label: string
  readonly onSave: (run: TimedNow, discarded: string) => void
}) {
  const { view, run, label, onSave } = props
  const { watch } = run
  const [reason, setReason] = useState('')
  const set = (parts: Partial<Watch>): void => changeWatch((before) => ({ ...before, ...parts }))
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        // A field that still has the focus gives its value when it is left.
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
        const now = useTimedNow.getState().run
        if (now) onSave(now, reason)
      }}
    >
      <p>
        <strong>{label}</strong> in {view.systems[run.system]}: <b>{secondsText(workedSeconds(watch, 0))}</b>
        {watch.interruptions > 0 &&
          `, ${watch.interruptions} × interrupted for ${secondsText(watch.interruptedFor / 1000)} that are not counted`}
      </p>
      {counters.map((what) => (
        <NumberField
          key={what}
          label={`${counterWords[what].one}s`}
          value={watch[what]}
          {...(watch[what] === null && { hint: 'Not counted; give 0 only where there was none.' })}
          onCommit={(value) => set({ [what]: value === null ? null : Math.round(value) })}
        />
      ))}
      <Select
        label="Does it count"
        value={reason}
        choices={[['', 'yes'] as const, ...discardReasons.map((each) => [each, `no: ${each}`] as const)]}
        onChange={setReason}
      />
      <Button look="primary" type="submit" large autoFocus>
        {reason === '' ? 'Save the run' : 'Keep it as discarded'}
      </Button>
    </form>
  )
}

/** "1:05", the way a stopwatch shows it. */
function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}

function useSecondHand(): number {
  const [now, setNow] = useState(clockNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(clockNow()), 250)
    return () => clearInterval(timer)
  }, [])
  return now
}
