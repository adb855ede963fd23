/** Signing: full name, role, meaning, and the exact text that will be signed; the text signed is the text shown. */
import { useMemo, useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import type { Project } from '../../../core/project/project.ts'
import { type Meaning, signaturePayload } from '../../../core/project/signature.ts'
import { statementText } from '../../../core/review/statement.ts'
import { Button } from '../../components/button.tsx'
import { Dialog, DialogActions } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Note } from '../../components/panel.tsx'
import { formatMoment } from '../../format.ts'
import { wallNow } from '../../workspace/ledger.ts'
import { signReview } from '../../workspace/review.ts'
import { keepSettings } from '../../workspace/settings.ts'
import { setWorkspace, useWorkspace } from '../../workspace/state.ts'
import styles from './certificate.module.css'

type Choice = Extract<Meaning, 'review' | 'approval' | 'rejection'>

const choices: readonly Choice[] = ['review', 'approval', 'rejection']

export function SignDialog({ onClose, onSigned }: { readonly onClose: () => void; readonly onSigned: () => void }) {
  const project = useWorkspace((w) => w.project)
  const person = useWorkspace((w) => w.person)
  const [name, setName] = useState(person?.name ?? '')
  const [role, setRole] = useState(person?.role ?? '')
  const [meaning, setMeaning] = useState<Choice>('review')
  const [sure, setSure] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  // The time belongs to the text shown; it is taken when the dialog opens.
  const [time] = useState(wallNow)
  const statement = useMemo(() => (project ? statementOf(project, meaning, time) : ''), [project, meaning, time])
  if (!project) return null
  const sign = async (): Promise<void> => {
    if (name.trim() === '' || role.trim() === '') return setProblem('Write your full name and your role; both are printed.')
    if (!sure) return setProblem('Confirm that you read the text above.')
    setBusy(true)
    if (name.trim() !== person?.name || role.trim() !== person.role) {
      setWorkspace({ person: { name: name.trim(), role: role.trim() } })
      void keepSettings()
    }
    const refusal = await signReview(
      { statement, meaning, name: name.trim(), role: role.trim(), covers: coversOf(project) },
      time,
    )
    setBusy(false)
    setProblem(refusal)
    if (refusal !== null) return
    onSigned()
    onClose()
  }
  return (
    <Dialog title="Sign the review" open onClose={onClose} wide>
      <div className={styles.person}>
        <Field label="Full name, as printed" value={name} onChange={setName} />
        <Field label="Role" value={role} onChange={setRole} />
      </div>
      <RadioGroup
        aria-label="Meaning of the signature"
        value={meaning}
        onChange={(value) => setMeaning(choices.find((each) => each === value) ?? 'review')}
        className={styles.meanings ?? ''}
      >
        {choices.map((each) => (
          <Radio key={each} value={each} className={styles.meaning ?? ''}>
            {firstSentence(statementOf(project, each, time))}
          </Radio>
        ))}
      </RadioGroup>
      <section aria-label="The exact text that will be signed">
        <h3>The exact text that will be signed</h3>
        <p className={styles.exact}>{statement}</p>
        <p className="muted">
          {formatMoment(time)} · signed with a key of this browser that can not be copied out of it. It proves that nothing was
          changed since, and not, by itself, who signed.
        </p>
      </section>
      <label className={styles.sure}>
        <input type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} />
        <span>I read this text and sign it in my own name.</span>
      </label>
      {problem !== null && <Note mark="error">{problem}</Note>}
      <DialogActions>
        <Button large onPress={onClose}>
          Not now
        </Button>
        <Button large look="primary" onPress={() => void sign()} isDisabled={busy}>
          {busy ? 'Signing…' : 'Sign'}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** Domains in words: those the plan has claims for, or all records. */
function coversOf(project: Project): readonly string[] {
  const named = [...new Set((project.review.plan?.claims ?? []).flatMap((claim) => claim.domain ?? []))]
  const whole = (project.review.plan?.claims ?? []).some((claim) => claim.domain === null)
  return whole || named.length === 0 ? ['patient records'] : named
}

function statementOf(project: Project, meaning: Choice, time: string): string {
  const payload = signaturePayload(project, {
    statement: '',
    meaning,
    name: '',
    role: '',
    time,
    covers: coversOf(project),
    tool: '',
  })
  return statementText(meaning, {
    legacy: project.manifest.legacy,
    target: project.manifest.target,
    covers: payload.covers,
    population: payload.population,
    progress: payload.progress,
    claims: payload.claims,
    openFindings: payload.open.critical + payload.open.error,
    runNumber: payload.run?.number ?? null,
  })
}

function firstSentence(text: string): string {
  const end = text.indexOf('. ')
  return end < 0 ? text : text.slice(0, end + 1)
}
