/** Agreement to a plan or rule: who agreed to the words as they stand, what has changed since, and agreeing by name. */
import { useState } from 'react'
import type { Project } from '../../../core/project/project.ts'
import { type AgreedKind, notAgreed, standingAgreement } from '../../../core/readiness/agreements.ts'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Note } from '../../components/panel.tsx'
import { formatDate } from '../../format.ts'
import { agreeToInput } from '../../workspace/input-files.ts'
import { setWorkspace, workspace } from '../../workspace/state.ts'
import styles from './inputs.module.css'

export function AgreementPanel({ kind, project }: { readonly kind: AgreedKind; readonly project: Project }) {
  const { person } = workspace()
  const [name, setName] = useState(person?.name ?? '')
  const [role, setRole] = useState(person?.role ?? '')
  const standing = standingAgreement(project, kind)
  const why = notAgreed(project, kind)
  const save = async (): Promise<void> => {
    setWorkspace({ problem: await agreeToInput(kind, { name, role }) })
  }
  return (
    <section aria-label="Agreement">
      <Note mark={why === null ? 'ok' : 'warning'}>
        {why === null && standing
          ? `${standing.agreement.name} (${standing.agreement.role}) agreed to it on ${formatDate(standing.agreement.at)}, as it stands.`
          : `This file proves nothing yet: ${why}.`}
      </Note>
      {project.readOnly === null && (standing === null || standing.changes.length > 0) && (
        <div className={styles.actions}>
          <Field label="Your name" value={name} onChange={setName} autoComplete="name" />
          <Field label="Your role" value={role} onChange={setRole} />
          <Button onPress={() => void save()}>Agree to it as it stands</Button>
        </div>
      )}
    </section>
  )
}
