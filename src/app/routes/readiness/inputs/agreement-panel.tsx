/** Agreement to a plan or rule: who agreed to the words as they stand, what has changed since, and agreeing by name. */
import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Project } from '../../../../core/project/format/project.ts'
import { type AgreedKind, notAgreed, standingAgreement } from '../../../../core/readiness/evidence/agreements.ts'
import { dayText } from '../../../../core/values/day.ts'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { Note } from '../../../components/panel.tsx'
import { ActingAs } from '../../../frame/acting-as.tsx'
import { keepSettings } from '../../../session/settings.ts'
import { setWorkspace, useWorkspace } from '../../../session/state.ts'
import { agreeToInput } from '../acts/input-files.ts'

export function AgreementPanel({ kind, project }: { readonly kind: AgreedKind; readonly project: Project }) {
  const person = useWorkspace((w) => w.person)
  const [name, setName] = useState(person?.name ?? '')
  const [role, setRole] = useState(person?.role ?? '')
  const standing = standingAgreement(project, kind)
  const panel = useRef<HTMLElement>(null)
  const [search] = useSearchParams()
  const asked = search.has('agree')
  // Whoever was sent here to agree stands before what is agreed to with, by keyboard as well.
  useEffect(() => {
    if (!asked) return
    panel.current?.scrollIntoView({ block: 'center' })
    panel.current?.focus()
  }, [asked])
  const why = notAgreed(project, kind)
  const save = async (): Promise<void> => {
    // Nobody agrees in the name of another: the ledger names who works here.
    if (person === null && name.trim() !== '') {
      setWorkspace({ person: { name: name.trim(), role: role.trim() } })
      await keepSettings()
    }
    setWorkspace({ problem: await agreeToInput(kind, { name: person?.name ?? name, role }) })
  }
  return (
    <section ref={panel} tabIndex={-1} aria-label="Agreement">
      <Note mark={why === null ? 'ok' : 'warning'}>
        {why === null && standing
          ? `${standing.agreement.name} (${standing.agreement.role}) agreed to it on ${dayText(standing.at)}, as it stands.`
          : `This file proves nothing yet: ${why}.`}
      </Note>
      {project.readOnly === null && (standing === null || standing.changes.length > 0) && (
        <div className="row-end around">
          {person === null ? (
            <Field label="Your name" value={name} onChange={setName} autoComplete="off" />
          ) : (
            <ActingAs words="In the name of" />
          )}
          <Field label="Your role" value={role} onChange={setRole} />
          <Button onPress={() => void save()}>Agree to it as it stands</Button>
        </div>
      )}
    </section>
  )
}
