/** Separation of duties that this team can not keep: waived by name, with a reason that the certificate prints. */
import { useState } from 'react'
import { isWaived } from '../../../core/project/duties/separation-in-force.ts'
import { type Duty, duties, dutyWords, givenIn } from '../../../core/project/duties/waivers.ts'
import type { Project } from '../../../core/project/format/project.ts'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { formatMoment } from '../../components/format.ts'
import { Note } from '../../components/panel.tsx'
import { giveUpDuty } from '../../people/roles.ts'
import styles from './project.module.css'

export function DutiesPanel({ project }: { readonly project: Project }) {
  const given = givenIn(project.ledger)
  const standing = given.filter(({ end }) => end === null).length
  const kept = duties.filter((each) => !isWaived(project, each))
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const waive = async (of: Duty): Promise<void> => {
    const refusal = await giveUpDuty(of, reason)
    setProblem(refusal)
    if (refusal === null) setReason('')
  }
  return (
    <details>
      <summary>Duties that can not be kept apart here{standing > 0 && ` (${standing} waived)`}</summary>
      <div className={`stack ${styles.duties}`}>
        <p className="muted">
          A very small team may waive a separation by name. The certificate prints it, and what a signature proves is then claimed
          on the board, not proven. It excuses what is done after it, so waive before anybody reads, and ends when the plan is
          opened again; where roles are granted, an owner does. Who reads alone needs none for the second reading: the plan asks
          for one reader, and the certificate says that nobody knows how far readers agree.
        </p>
        {given.length > 0 && (
          <ul>
            {given.map(({ entry, signed, end }) => (
              <li key={entry.hash}>
                {signed.duty} waived by {entry.actor}, {formatMoment(entry.time.wall)}: {signed.reason}
                {end !== null && ' (ended with its plan)'}
              </li>
            ))}
          </ul>
        )}
        {kept.length > 0 && <Field label="Why can it not be kept apart?" value={reason} onChange={setReason} />}
        {problem !== null && <Note mark="error">{problem}</Note>}
        {kept.map((duty) => (
          <Button key={duty} onPress={() => void waive(duty)}>
            Waive {duty}: {dutyWords[duty]}…
          </Button>
        ))}
      </div>
    </details>
  )
}
