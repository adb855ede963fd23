/** Signing: full name, role, meaning, and the exact text that will be signed; the text signed is the text shown. */
import { useEffect, useMemo, useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import type { Project } from '../../../core/project/project.ts'
import { type Meaning, signaturePayload } from '../../../core/project/signature.ts'
import { statementText } from '../../../core/review/statement.ts'
import { Button } from '../../components/button.tsx'
import { Dialog, DialogActions } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Note } from '../../components/panel.tsx'
import { wallNow } from '../../workspace/ledger.ts'
import { leastPassphrase } from '../../workspace/sealed.ts'
import { keepSettings } from '../../workspace/settings.ts'
import { hasSigningKey, makeKey, signReview } from '../../workspace/sign.ts'
import { setWorkspace, useWorkspace } from '../../workspace/state.ts'
import styles from './certificate.module.css'
import { OpenFindings } from './open-findings.tsx'

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
  const access = useKeyAccess(name)
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null)
  const [signed, setSigned] = useState(false)
  // The text shown belongs to a moment: findings stop being accepted. It is written again where it no longer holds when it is signed.
  const [time, setTime] = useState(wallNow)
  const statement = useMemo(() => (project ? statementOf(project, meaning, time) : ''), [project, meaning, time])
  if (!project) return null
  const sign = async (): Promise<void> => {
    if (name.trim() === '' || role.trim() === '') return setProblem('Write your full name and your role; both are printed.')
    if (!sure) return setProblem('Confirm that you read the text above.')
    const now = wallNow()
    if (statementOf(project, meaning, now) !== statement) {
      setTime(now)
      setSure(false)
      return setProblem('The text above changed since this dialog was opened. Read it again, then sign.')
    }
    const { fresh } = access
    const missing = access.whyNot()
    if (missing !== null) return setProblem(missing)
    setBusy(true)
    if (name.trim() !== person?.name || role.trim() !== person.role) {
      setWorkspace({ person: { name: name.trim(), role: role.trim() } })
      void keepSettings()
    }
    try {
      if (fresh) setRecoveryKey(await makeKey(access.passphrase))
    } catch (error) {
      setBusy(false)
      return setProblem(`No key was made: ${error instanceof Error ? error.message : String(error)}`)
    }
    access.made()
    const refusal = await signReview(
      { statement, meaning, name: name.trim(), role: role.trim(), covers: coversOf(project) },
      now,
      access.passphrase,
    )
    setBusy(false)
    setProblem(refusal)
    if (refusal !== null) return
    onSigned()
    if (fresh) setSigned(true)
    else onClose()
  }
  if (signed && recoveryKey !== null)
    return (
      <Dialog title="Signed. Write down the recovery key" open onClose={onClose}>
        <p>
          It signs in place of your passphrase if that is lost. It is kept nowhere and can not be shown again. Without either you
          make a new key, and what you signed before stays valid.
        </p>
        <p>
          <code>{recoveryKey}</code>
        </p>
        <DialogActions>
          <Button large look="primary" onPress={onClose}>
            I wrote it down
          </Button>
        </DialogActions>
      </Dialog>
    )
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
        <OpenFindings project={project} time={time} />
        <p className="muted">
          The time printed is that of signing. Signed with a key of this browser that only your passphrase opens. It proves that
          nothing was changed since, and not, by itself, who signed.
        </p>
      </section>
      <label className={styles.sure}>
        <input type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} />
        <span>I read this text and sign it in my own name.</span>
      </label>
      <KeyAccess access={access} />
      {problem !== null && <Note mark="error">{problem}</Note>}
      {problem !== null && recoveryKey !== null && (
        <Note mark="warning">
          Your key was made. Write its recovery key down now: <code>{recoveryKey}</code>
        </Note>
      )}
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

/** Whether this person has a key, and what was typed to open or to make it; held only as long as the dialog is open. */
function useKeyAccess(name: string) {
  const [known, setKnown] = useState<boolean | null>(null)
  const [lost, setLost] = useState(false)
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  useEffect(() => {
    let shown = true
    hasSigningKey(name).then(
      (has) => shown && setKnown(has),
      () => shown && setKnown(false),
    )
    return () => {
      shown = false
    }
  }, [name])
  const fresh = known === false || lost
  return {
    known,
    fresh,
    lost: () => setLost(true),
    made: () => {
      setKnown(true)
      setLost(false)
    },
    passphrase,
    setPassphrase,
    again,
    setAgain,
    whyNot: (): string | null => {
      if (!fresh) return passphrase === '' ? 'Enter the passphrase of your key: it shows that you are the one who signs.' : null
      if (passphrase.length < leastPassphrase)
        return `Choose a passphrase of at least ${leastPassphrase} characters; several words are easiest to keep.`
      return passphrase === again ? null : 'The two passphrases differ.'
    },
  }
}

function KeyAccess({ access }: { readonly access: ReturnType<typeof useKeyAccess> }) {
  if (access.known === null) return null
  const { fresh, passphrase, setPassphrase, again, setAgain } = access
  return (
    <section aria-label="Your key" className={styles.key}>
      {fresh && (
        <p className="muted">
          Choose a passphrase for your key: from now on nobody signs in your name at this browser without it.
          {access.known &&
            ' What your earlier key signed stays valid. The page and its verification will say that it was signed with another key.'}
        </p>
      )}
      <div className={styles.person}>
        <Field
          label={fresh ? 'New passphrase' : 'Passphrase or recovery key'}
          type="password"
          value={passphrase}
          onChange={setPassphrase}
          autoComplete="off"
        />
        {fresh && <Field label="The same again" type="password" value={again} onChange={setAgain} autoComplete="off" />}
      </div>
      {!fresh && (
        <Button look="quiet" onPress={access.lost}>
          I lost both: make a new key
        </Button>
      )}
    </section>
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
