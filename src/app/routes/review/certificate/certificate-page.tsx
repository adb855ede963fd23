/** Certificate: what was signed, as one page to print; before that what is missing, and afterwards whether it still covers what is here. */
import { useMemo, useState } from 'react'
import { readingsMissing } from '../../../../core/project/review/readings-missing.ts'
import { eventsOfDraw } from '../../../../core/project/sample/draw-events.ts'
import { trapResultOf } from '../../../../core/project/sample/trap-list.ts'
import { type SignatureState, signaturesOf } from '../../../../core/project/verify/coverage.ts'
import { decisionsOf } from '../../../../core/review/decision/decision.ts'
import { recordsAsked, reviewProgress } from '../../../../core/review/result/result.ts'
import { Button, ButtonLink } from '../../../components/button.tsx'
import { formatMoment, formatNumber } from '../../../components/format.ts'
import { EmptyState, PageHead } from '../../../components/panel.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { progressWords } from '../progress/progress-words.ts'
import { SinceDrawNote } from '../progress/since-draw-note.tsx'
import styles from './certificate.module.css'
import { CertificateSheet } from './certificate-sheet.tsx'
import { SignDialog } from './sign-dialog.tsx'

export function CertificatePage() {
  const project = useWorkspace((w) => w.project)
  const signatures = useMemo(() => (project ? signaturesOf(project) : []), [project])
  const [chosen, setChosen] = useState<string | null>(null)
  const [signing, setSigning] = useState(false)
  if (!project) return null
  const shown = signatures.find((each) => each.entry.hash === chosen) ?? signatures.at(-1) ?? null
  const drawn = project.review.draw
  return (
    <div className={`stack-wide ${styles.page}`}>
      <div className="no-print">
        <PageHead title="Certificate">
          {shown && <Button onPress={() => print()}>Print</Button>}
          {drawn && (
            <Button look="primary" onPress={() => setSigning(true)}>
              Sign…
            </Button>
          )}
        </PageHead>
        <SinceDrawNote />
        {signatures.length > 1 && <Chooser signatures={signatures} shown={shown} onChoose={setChosen} />}
      </div>
      {shown ? <CertificateSheet signature={shown} /> : <NotSigned onSign={() => setSigning(true)} />}
      {signing && <SignDialog onClose={() => setSigning(false)} onSigned={() => setChosen(null)} />}
    </div>
  )
}

/** What is missing before anybody can sign. */
function NotSigned({ onSign }: { readonly onSign: () => void }) {
  const project = useWorkspace((w) => w.project)
  const { plan, draw: drawn } = project?.review ?? { plan: null, draw: null }
  if (!project || !drawn)
    return (
      <EmptyState title="Nothing to certify yet">
        <p>
          {plan ? 'The plan is locked; the sample has not been drawn.' : 'No sample is planned.'} A certificate states what a
          drawn sample proves.
        </p>
        <ButtonLink look="primary" href="#/review/plan">
          {plan ? 'Draw sample' : 'Plan the sample'}
        </ButtonLink>
      </EmptyState>
    )
  const decisions = decisionsOf(eventsOfDraw(project))
  const asked = recordsAsked(plan, drawn.records, decisions, trapResultOf(project))
  const progress = reviewProgress(asked, decisions)
  const words = progressWords(project, asked, decisions)
  const left = progress.sample - progress.judged
  if (left > 0)
    return (
      <EmptyState title={`${formatNumber(left)} of ${formatNumber(progress.sample)} records are not read yet`}>
        <p>{words} What you have read so far can be signed as a part; an approval waits until all are read.</p>
        <ButtonLink look="primary" href="#/review/records">
          Review records
        </ButtonLink>
      </EmptyState>
    )
  const missing = readingsMissing(project)
  if (missing !== null)
    return (
      <EmptyState title="All records are read once">
        <p>
          {words} {missing} What you have read can be signed as a part before that.
        </p>
        <ButtonLink look="primary" href="#/review/records">
          Review records
        </ButtonLink>
      </EmptyState>
    )
  return (
    <EmptyState title="All records are read; nobody has signed">
      <p>{words}</p>
      <Button look="primary" onPress={onSign}>
        Sign…
      </Button>
    </EmptyState>
  )
}

function Chooser({
  signatures,
  shown,
  onChoose,
}: {
  readonly signatures: readonly SignatureState[]
  readonly shown: SignatureState | null
  readonly onChoose: (hash: string) => void
}) {
  return (
    <label>
      Signature{' '}
      <select value={shown?.entry.hash ?? ''} onChange={(event) => onChoose(event.target.value)}>
        {signatures.map(({ entry, payload, coverage }) => (
          <option key={entry.hash} value={entry.hash}>
            {payload.name}, {formatMoment(payload.time)}
            {coverage.part ? ', signed part, read on from' : coverage.covers === 'earlier' ? ', not covered' : ''}
          </option>
        ))}
      </select>
    </label>
  )
}
