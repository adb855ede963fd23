/** Rolls the seed and draws: two people with ten digits each, or this machine, which then stands on the certificate. */
import { useId, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { Note } from '../../../components/panel.tsx'
import { useNamed, WhoWorks } from '../../../frame/who-works.tsx'
import type { Refusal } from '../../../session/act.ts'
import { actorSlug } from '../../../session/ledger.ts'
import { useWorkspace } from '../../../session/state.ts'
import { machineSeed } from '../acts/review.ts'
import styles from './plan.module.css'

interface Roll {
  readonly name: string
  readonly digits: string
}

const nobody: Roll = { name: '', digits: '' }

interface Rolling {
  readonly title: string
  /** What the button draws. */
  readonly what: string
  /** True where a reason is asked for, because something was drawn before. */
  readonly again: boolean
  readonly draw: (seed: string, rolledBy: readonly string[], reason: string | null) => Promise<Refusal>
  readonly onDone: () => void
}

export function RollSeed({ title, what, again, draw: drawWith, onDone }: Rolling) {
  const group = useId()
  const named = useNamed()
  const person = useWorkspace((w) => w.person?.name ?? '')
  const [how, setHow] = useState<'people' | 'machine'>('people')
  const [first, setFirst] = useState<Roll>({ ...nobody, name: person })
  const [second, setSecond] = useState(nobody)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const draw = async (): Promise<void> => {
    const rolls = [first, second]
    const wrong = how === 'people' ? rolls.map(rollProblem).find((each) => each !== null) : null
    if (wrong) return setProblem(wrong)
    if (how === 'people' && slugOf(first.name) === slugOf(second.name))
      return setProblem('Two different people roll, so that nobody alone decides the seed.')
    if (again && reason.trim() === '') return setProblem(`Say why the ${what} is drawn again; the certificate prints it.`)
    setBusy(true)
    const refusal =
      how === 'people'
        ? await drawWith(
            rolls.map(digitsOf).join(''),
            rolls.map((roll) => slugOf(roll.name)),
            again ? reason.trim() : null,
          )
        : await drawWith(machineSeed(), [`machine-started-by-${actorSlug()}`], again ? reason.trim() : null)
    setBusy(false)
    setProblem(refusal)
    if (refusal === null) onDone()
  }
  return (
    <section className={`card stack-wide ${styles.card}`}>
      <h2>{title}</h2>
      <fieldset className={`stack-tight ${styles.radios}`}>
        <legend>Who rolls</legend>
        <label className={`line ${styles.check}`}>
          <input type="radio" name={group} checked={how === 'people'} onChange={() => setHow('people')} />
          <span>Two people roll ten digits each with ten-sided dice</span>
        </label>
        <label className={`line ${styles.check}`}>
          <input type="radio" name={group} checked={how === 'machine'} onChange={() => setHow('machine')} />
          <span>This machine rolls all twenty digits; the ledger and what is printed say so</span>
        </label>
      </fieldset>
      {how === 'people' && (
        <>
          <RollFields who="First person" roll={first} onChange={setFirst} />
          <RollFields who="Second person" roll={second} onChange={setSecond} />
        </>
      )}
      {again && <Field label={`Why is the ${what} drawn again?`} value={reason} onChange={setReason} />}
      {problem !== null && <Note mark="error">{problem}</Note>}
      {!named && <WhoWorks question={`Who draws this ${what}?`} button="Draw in this name" className={styles.roll ?? ''} />}
      <Button look="primary" onPress={() => void draw()} isDisabled={busy || !named}>
        {busy ? 'Drawing…' : `Draw ${what}`}
      </Button>
    </section>
  )
}

function RollFields({
  who,
  roll,
  onChange,
}: {
  readonly who: string
  readonly roll: Roll
  readonly onChange: (roll: Roll) => void
}) {
  return (
    <div className={styles.roll}>
      <Field label={`${who}, name`} value={roll.name} onChange={(name) => onChange({ ...roll, name })} />
      <Field
        label={`${who}, ten digits`}
        value={roll.digits}
        inputMode="numeric"
        autoComplete="off"
        onChange={(digits) => onChange({ ...roll, digits })}
      />
    </div>
  )
}

/** How drawings name people: full names stay out of what is shared. */
function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

function digitsOf(roll: Roll): string {
  return roll.digits.replace(/\s/g, '')
}

function rollProblem(roll: Roll): string | null {
  const digits = digitsOf(roll)
  if (slugOf(roll.name) === '') return 'Write the names of both people who roll.'
  if (!/^[0-9]{10}$/.test(digits)) return `${roll.name.trim()} has ${digits.length} signs; ten digits from 0 to 9 are needed.`
  return null
}
