/** Signing: full name, role, meaning, and the exact text that will be signed; only what can be signed now can be chosen. */
import { useMemo, useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import { whyNotAllowed } from '../../../../core/project/duties/roles.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { slugOf } from '../../../../core/project/ledger/actor-slug.ts'
import { endsReading, whyNotSigned } from '../../../../core/project/review/may-sign.ts'
import { unfinishedReading } from '../../../../core/project/review/readings-missing.ts'
import { failedClaims, meaningSentence, statementText } from '../../../../core/review/result/statement.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { Note } from '../../../components/panel.tsx'
import { signReview, signWithNewKey } from '../../../people/sign.ts'
import { sitDown } from '../../../people/sit-down.ts'
import { hand, wallNow } from '../../../session/ledger.ts'
import { useWorkspace } from '../../../session/state.ts'
import styles from './certificate.module.css'
import { KeyAccess, useKeyAccess } from './key-access.tsx'
import { OpenFindings } from './open-findings.tsx'
import { type Choice, coversOf, factsOf } from './statement-facts.ts'

const choices: readonly Choice[] = ['review', 'approval', 'rejection']

export function SignDialog({ onClose, onSigned }: { readonly onClose: () => void; readonly onSigned: () => void }) {
  const project = useWorkspace((w) => w.project)
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null)
  if (!project) return null
  return recoveryKey === null ? (
    <SignForm
      project={project}
      onClose={onClose}
      onSigned={(recovery) => {
        onSigned()
        if (recovery === null) onClose()
        else setRecoveryKey(recovery)
      }}
    />
  ) : (
    <Dialog title="Signed. Write down the recovery key" open stays onClose={onClose}>
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
}

interface SignFormProps {
  readonly project: Project
  readonly onClose: () => void
  /** With the recovery key of a new key, else null. */
  readonly onSigned: (recoveryKey: string | null) => void
}

function SignForm({ project, onClose, onSigned }: SignFormProps) {
  const person = useWorkspace((w) => w.person)
  // Nobody signs in the name of another: another name is another person who sits down, which the ledger names.
  const known = (person?.name ?? '').trim() !== ''
  const [name, setName] = useState(person?.name ?? '')
  const [role, setRole] = useState(person?.role ?? '')
  const [chosen, setChosen] = useState<Choice | null>(null)
  const [sure, setSure] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const access = useKeyAccess(name)
  // The text shown belongs to a moment: findings stop being accepted. It is written again where it no longer holds when it is signed.
  const [time, setTime] = useState(wallNow)
  const [reason, setReason] = useState('')
  const wording = useMemo(() => ({ name, reason }), [name, reason])
  const closed = useMemo(() => new Map(choices.map((each) => [each, whyClosed(project, each, name)])), [project, name])
  // What most come for is there at once, where it can be signed; a refusal is never chosen for anybody.
  const meaning = chosen !== null && closed.get(chosen) === null ? chosen : closed.get('review') === null ? 'review' : null
  const statement = useMemo(
    () => (meaning === null ? null : statementText(meaning, factsOf(project, meaning, time, wording))),
    [project, meaning, time, wording],
  )
  const failed = useMemo(() => failedClaims(factsOf(project, 'approval', time, wording).claims), [project, time, wording])
  const asksWhy = meaning === 'rejection' || (meaning === 'approval' && failed > 0)
  const sign = async (): Promise<void> => {
    if (meaning === null || statement === null) return setProblem('Choose what you sign.')
    if (name.trim() === '' || role.trim() === '') return setProblem('Write your full name and your role; both are printed.')
    if (asksWhy && reason.trim() === '')
      return setProblem(
        meaning === 'rejection'
          ? 'Say why you do not approve; the page prints it.'
          : 'Say why you approve although a claim does not hold; the page prints it.',
      )
    if (!sure) return setProblem('Confirm that you read the text above.')
    const now = wallNow()
    if (statementText(meaning, factsOf(project, meaning, now, wording)) !== statement) {
      setTime(now)
      setSure(false)
      return setProblem('The text above changed since this dialog was opened. Read it again, then sign.')
    }
    const missing = access.whyNot()
    if (missing !== null) return setProblem(missing)
    setProblem(null)
    setBusy(true)
    const other = known && name.trim() !== person?.name
    if (other || role.trim() !== person?.role || !known) {
      // Who takes the place of another opens a key of their own first.
      const refusal = await sitDown({ name, role }, other && !access.fresh ? access.passphrase : null)
      if (refusal !== null) {
        setBusy(false)
        return setProblem(refusal)
      }
    }
    const words = {
      statement,
      meaning,
      name: name.trim(),
      role: role.trim(),
      covers: coversOf(project),
      ...(asksWhy ? { reason: reason.trim() } : {}),
    }
    const refusal = access.fresh ? await signedFirst(words, now) : await signReview(words, now, access.passphrase)
    setBusy(false)
    setProblem(refusal)
    if (refusal === null && !access.fresh) onSigned(null)
  }
  const signedFirst = async (words: Parameters<typeof signWithNewKey>[0], now: string): Promise<string | null> => {
    const done = await signWithNewKey(words, now, access.passphrase)
    if (done.ok) onSigned(done.recoveryKey)
    return done.ok ? null : done.problem
  }
  return (
    <Dialog title="Sign the review" open onClose={onClose} wide>
      <div className={styles.person}>
        <Field
          label="Full name, as printed"
          value={name}
          onChange={setName}
          {...(known && { hint: 'Write your own name and role if somebody else worked here before you.' })}
        />
        <Field label="Role" value={role} onChange={setRole} />
      </div>
      <RadioGroup
        aria-label="Meaning of the signature"
        value={meaning}
        onChange={(value) => {
          setChosen(choices.find((each) => each === value) ?? null)
          // A reason belongs to what it was given for, and another text is another thing to have read.
          setReason('')
          setSure(false)
        }}
        className="stack"
      >
        {choices.map((each) => {
          const why = closed.get(each) ?? null
          return (
            <Radio key={each} value={each} isDisabled={why !== null} className={styles.meaning ?? ''}>
              <span>
                {meaningSentence(each, {
                  covers: coversOf(project),
                  legacy: project.manifest.legacy,
                  target: project.manifest.target,
                })}
              </span>
              {why !== null && <span className={`light ${styles.closed}`}>Not now: {why}</span>}
              {why === null && each === 'approval' && failed > 0 && (
                <span className="is-error">
                  Against {failed === 1 ? 'a claim' : `${failed} claims`} that {failed === 1 ? 'does' : 'do'} not hold: it needs a
                  reason.
                </span>
              )}
            </Radio>
          )
        })}
      </RadioGroup>
      {asksWhy && (
        <Field
          label={meaning === 'rejection' ? 'Why you do not approve, as printed' : 'Why you approve all the same, as printed'}
          value={reason}
          onChange={(text) => {
            setReason(text)
            // Another text is another thing to have read.
            setSure(false)
          }}
        />
      )}
      {meaning === null || statement === null ? (
        <p className="muted">Choose what you sign; its exact text is then shown here.</p>
      ) : (
        <>
          <section aria-label="The exact text that will be signed">
            <h3>The exact text that will be signed</h3>
            <p className={`scroll above sunken outlined ${styles.exact}`}>{statement}</p>
            <OpenFindings project={project} time={time} />
            <p className="muted">
              The time printed is that of signing. Signed with a key of this browser that only your passphrase opens. It proves
              that nothing was changed since, and not, by itself, who signed.
            </p>
          </section>
          <Note mark={endsReading(project, meaning) ? 'warning' : 'info'}>{afterWords(project, meaning)}</Note>
          <p>
            Signed by: {name.trim() || 'no name yet'}, {role.trim() || 'no role yet'}.
          </p>
          <label className={`line ${styles.sure}`}>
            <input type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} />
            <span>I read this text and sign it in my own name.</span>
          </label>
          <KeyAccess access={access} />
        </>
      )}
      <DialogActions problem={problem !== null && <Note mark="error">{problem}</Note>}>
        <Button large onPress={onClose}>
          Not now
        </Button>
        <Button large look="primary" onPress={() => void sign()} isDisabled={busy || meaning === null}>
          {busy ? 'Signing…' : 'Sign'}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** Why this can not be signed now, by this person; null where it can. Before a name is given nothing is known of its bearer. */
function whyClosed(project: Project, meaning: Choice, name: string): string | null {
  const by = { ...hand(), actor: slugOf(name) }
  const role = whyNotAllowed(project.ledger, by, 'signed', meaning)
  return role === null ? whyNotSigned(project, meaning, by.actor) : `${role}.`
}

/** What the signature ends, said before the press. */
function afterWords(project: Project, meaning: Choice): string {
  if (endsReading(project, meaning))
    return 'This ends your reading: your verdicts are closed, and defects that were seeded to measure readers are told.'
  if (meaning === 'review' && unfinishedReading(project) !== null)
    return 'You can read on afterwards: the part holds for what is in it now, and what you read later is not part of it. Sign again at the end. A changed verdict in it, another file or mapping, and a run with another result make the page say "Not covered".'
  const again =
    'You can read on afterwards. Once anybody reads more, this page stays as it is and says "Not covered"; sign again then.'
  return meaning === 'review' ? again : `This closes nothing. ${again}`
}
