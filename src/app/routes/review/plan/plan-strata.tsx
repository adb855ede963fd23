/** Which records: strata with sizes and minimums, and the list that is read whole. */
import { useState } from 'react'
import { mustSeeStratum } from '../../../../core/review/draw/frame.ts'
import type { PairResult } from '../../../../core/review/model/pair-types.ts'
import type { PlanStratum } from '../../../../core/review/plan/sampling-plan.ts'
import type { StrataChoices } from '../../../../core/review/plan/strata.ts'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { formatNumber } from '../../../components/format.ts'
import styles from './plan.module.css'

export interface PlanStrataProps {
  readonly population: PairResult
  readonly choices: StrataChoices
  readonly strata: readonly PlanStratum[]
  readonly unknown: readonly string[]
  readonly onChange: (choices: StrataChoices) => void
}

/** What a must-see list may hold is known before anybody reads it. */
export const knownFaultWords =
  'The program holds records with an open critical finding to be faulty. Each that a reader finds wrong counts against the claims.'

export function PlanStrata({ population, choices, strata, unknown, onChange }: PlanStrataProps) {
  const critical = population.frame.filter((unit) => unit.critical).length
  const booked = population.frame.filter((unit) => unit.bookedSoon).length
  const set = (change: Partial<StrataChoices>): void => onChange({ ...choices, ...change })
  return (
    <>
      <section>
        <h2>Must-see list, read whole</h2>
        <div className="spread">
          <p className={`line ${styles.check}`}>{formatNumber(critical)} records with an open critical finding, always</p>
          <p className={`line ${styles.check}`}>
            {formatNumber(choices.golden?.length ?? 0)} golden patients, always{' '}
            <a href="#/review/golden">{(choices.golden?.length ?? 0) === 0 ? 'Choose at least 10' : 'Change the list'}</a>
          </p>
          {(choices.again?.length ?? 0) > 0 && (
            <p className={`line ${styles.check}`}>
              {formatNumber(choices.again?.length ?? 0)} records that readers found wrong before, always{' '}
              <a href="#/review/worklist">Worklist</a>
            </p>
          )}
          <Check on={choices.booked} onChange={(on) => set({ booked: on })}>
            {formatNumber(booked)} patients booked in the next 30 days
          </Check>
        </div>
        {critical > 0 && <p className="muted">{knownFaultWords}</p>}
        <ChosenByHand choices={choices} unknown={unknown} onChange={onChange} />
      </section>
      <section>
        <h2>Strata</h2>
        <div className="spread">
          <Check on={choices.bySite} onChange={(on) => set({ bySite: on })}>
            by site
          </Check>
          <Check on={choices.byAllergies} onChange={(on) => set({ byAllergies: on })}>
            by allergies recorded or not
          </Check>
          <Check on={choices.byMedicines} onChange={(on) => set({ byMedicines: on })}>
            by 5 or more medicines
          </Check>
        </div>
        <p className="muted">
          Without strata one random sample over all records needs the fewest. Each stratum gets a share by its size.
        </p>
        <StrataTable strata={strata} minimums={choices.minimums} onMinimum={(minimums) => set({ minimums })} />
      </section>
    </>
  )
}

export function StrataTable({
  strata,
  minimums,
  onMinimum,
}: {
  readonly strata: readonly PlanStratum[]
  readonly minimums?: ReadonlyMap<string, number>
  readonly onMinimum?: (minimums: ReadonlyMap<string, number>) => void
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={`box scroll ${styles.scroll}`} tabIndex={0} aria-label="Strata of the plan">
      <table>
        <thead>
          <tr>
            <th scope="col">Stratum</th>
            <th scope="col">Who is in it</th>
            <th scope="col" className="number">
              Records
            </th>
            <th scope="col" className="number">
              At least
            </th>
            <th scope="col" className="number">
              To read
            </th>
          </tr>
        </thead>
        <tbody>
          {strata.map((stratum) => (
            <tr key={stratum.id}>
              <td>{stratum.id}</td>
              <td>
                {stratum.rule}
                {(stratum.golden ?? 0) > 0 && (
                  <span className="muted"> ({formatNumber(stratum.golden ?? 0)} golden, counted exactly)</span>
                )}
              </td>
              <td className="number">{formatNumber(stratum.size)}</td>
              <td className="number">
                {onMinimum && stratum.id !== mustSeeStratum ? (
                  <input
                    type="number"
                    className={styles.least}
                    aria-label={`Least number of records from ${stratum.id}`}
                    min={0}
                    max={stratum.size}
                    value={minimums?.get(stratum.id) ?? stratum.minimum}
                    onChange={(event) => onMinimum(new Map(minimums).set(stratum.id, Math.floor(Number(event.target.value))))}
                  />
                ) : (
                  formatNumber(stratum.minimum)
                )}
              </td>
              <td className="number">
                {formatNumber(stratum.n)}
                {stratum.takeAll && <span className="muted"> all</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function ChosenByHand({ choices, unknown, onChange }: Pick<PlanStrataProps, 'choices' | 'unknown' | 'onChange'>) {
  const [text, setText] = useState(choices.chosen.join('\n'))
  return (
    <details className={styles.chosenByHand}>
      <summary>Records chosen by hand ({choices.chosen.length})</summary>
      <Field
        label="Medical record numbers, one per line; chosen by clinicians before the migration"
        lines={4}
        value={text}
        onChange={setText}
        problem={
          unknown.length > 0 ? `${unknown.length} of these are not in the old system: ${unknown.slice(0, 3).join(', ')}` : null
        }
      />
      <Button
        onPress={() =>
          onChange({
            ...choices,
            chosen: [...new Set(text.split(/\r?\n/).map((line) => line.trim()))].filter((line) => line !== ''),
          })
        }
      >
        Use this list
      </Button>
    </details>
  )
}

function Check({
  on,
  onChange,
  children,
}: {
  readonly on: boolean
  readonly onChange: (on: boolean) => void
  readonly children: React.ReactNode
}) {
  return (
    <label className={`line ${styles.check}`}>
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  )
}
