/** Who signed where a file comes from, and signing it: one file, or all that wait for a signature in one sitting. */

import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { counted } from '../../../../core/counted.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { type InputKind, inputFiles, inputPath } from '../../../../core/readiness/input-files/files.ts'
import { openedInput } from '../../../../core/readiness/kept-files/opened.ts'
import { fileOrigin, originSentence } from '../../../../core/readiness/kept-files/origin.ts'
import type { Origin } from '../../../../core/readiness/model/origin-kind.ts'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { Note } from '../../../components/panel.tsx'
import { ActingAs } from '../../../frame/acting-as.tsx'
import { useVerification } from '../../../people/verified.ts'
import { keepSettings } from '../../../session/settings.ts'
import { setWorkspace, useWorkspace } from '../../../session/state.ts'
import { signOrigins } from '../acts/sign-origin.ts'

/** Where the file of this kind comes from; null where there is none. */
export function useFileOrigin(project: Project, kind: InputKind): Origin | null {
  const verification = useVerification()
  const bytes = project.other.get(inputPath(kind))
  if (!bytes) return null
  return fileOrigin(project, kind, openedInput(kind, bytes).digest, verification === null ? undefined : verification.broken)
}

export function SignOriginPanel({ kind, project }: { readonly kind: InputKind; readonly project: Project }) {
  const origin = useFileOrigin(project, kind)
  if (origin === null || origin.kind === 'example') return null
  const isSigned = origin.kind === 'signed'
  return <Panel note={`${originSentence(origin)}.`} isSigned={isSigned} kinds={isSigned ? [] : [kind]} />
}

/** All files that only lack a signature. */
export function SignAllPanel({ kinds }: { readonly kinds: readonly InputKind[] }) {
  if (kinds.length === 0) return null
  const names = kinds.map((kind) => inputFiles[kind].title.toLowerCase()).join(', ')
  return <Panel note={`${counted(kinds.length, 'file')} only lack a signature: ${names}.`} isSigned={false} kinds={kinds} />
}

function Panel(props: { readonly note: string; readonly isSigned: boolean; readonly kinds: readonly InputKind[] }) {
  const { note, isSigned, kinds } = props
  const person = useWorkspace((w) => w.person)
  const readOnly = useWorkspace((w) => w.project?.readOnly != null)
  const [from, setFrom] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState(person?.role ?? '')
  const sign = async (): Promise<void> => {
    // A signature stands in the name of who works here.
    if (person === null || person.role.trim() === '') {
      setWorkspace({ person: { name: (person?.name ?? name).trim(), role: role.trim() } })
      await keepSettings()
    }
    setWorkspace({ problem: await signOrigins(kinds, from) })
  }
  const isSaid = from.trim() !== '' && (person !== null || name.trim() !== '') && (person?.role || role).trim() !== ''
  const panel = useRef<HTMLElement>(null)
  const [search] = useSearchParams()
  const asked = search.has('sign')
  // Whoever was sent here to sign stands before what is signed, by keyboard as well.
  useEffect(() => {
    if (!asked) return
    panel.current?.scrollIntoView({ block: 'center' })
    panel.current?.focus()
  }, [asked])
  return (
    <section ref={panel} tabIndex={-1} aria-label="Signed origin">
      <Note mark={isSigned ? 'proven' : 'claimed'}>{note}</Note>
      {kinds.length > 0 && !readOnly && (
        <div className="row-end around no-print">
          <Field
            label="Where it comes from"
            hint="the system and its export, or who kept the list: you sign it with your key"
            value={from}
            onChange={setFrom}
          />
          {person === null ? (
            <Field label="Your name" value={name} onChange={setName} autoComplete="off" />
          ) : (
            <ActingAs words="Signed in the name of" />
          )}
          {(person === null || person.role === '') && <Field label="Your role" value={role} onChange={setRole} />}
          <Button isDisabled={!isSaid} onPress={() => void sign()}>
            {kinds.length === 1 ? 'Sign where it comes from' : `Sign for ${kinds.length} files`}
          </Button>
        </div>
      )}
    </section>
  )
}
