/** Worklist: what readers called harmful or wrong, handed to who mends it, until a reader has read it again and found it right. */
import { useMemo, useState } from 'react'
import { counted } from '../../../../core/counted.ts'
import { hazardsOfCause } from '../../../../core/project/hazards/hazards-of-cause.ts'
import { standingRisk } from '../../../../core/project/hazards/log/hazard-log.ts'
import { textsShown } from '../../../../core/project/hazards/log/hazard-texts.ts'
import { wordingOf } from '../../../../core/project/reports/wording.ts'
import { pathWords, worklistWords } from '../../../../core/project/reports/worklist-report.ts'
import { trapsOfReader } from '../../../../core/project/sample/trap-list.ts'
import { type WorklistRow, worklistOf } from '../../../../core/project/sample/worklist-file.ts'
import {
  isToReadAgain,
  severityOfVerdict,
  type WorklistFinding,
  type WorklistState,
} from '../../../../core/review/result/worklist.ts'
import { Button, ButtonLink } from '../../../components/button.tsx'
import cards from '../../../components/cards.module.css'
import { formatNumber } from '../../../components/format.ts'
import { EmptyState, Note, PageHead } from '../../../components/panel.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { type Mark, SeverityMark } from '../../../components/severity-mark.tsx'
import { RevealButton } from '../../../frame/reveal-button.tsx'
import { actorSlug } from '../../../session/ledger.ts'
import { commentsOf } from '../../../session/record-names.ts'
import { useReveal } from '../../../session/reveal.ts'
import { useWorkspace } from '../../../session/state.ts'
import { commentText } from '../acts/chart-acts.ts'
import { readingOrder } from '../acts/reading.ts'
import { keyOfRecord } from '../acts/review.ts'
import { exportWorklist, lookAgain } from '../acts/worklist.ts'
import { domainLabel } from '../chart/record-words.ts'
import styles from './worklist.module.css'

const worklistMarks: Readonly<Record<WorklistState, Mark>> = {
  open: 'error',
  unlooked: 'waiting',
  'still-there': 'error',
  gone: 'at-risk',
  closed: 'ok',
  'wrong-again': 'error',
  withdrawn: 'info',
}

export function WorklistPage() {
  const project = useWorkspace((w) => w.project)
  const running = useWorkspace((w) => w.running !== null)
  const revealed = useReveal()
  const list = useMemo(() => (project ? worklistOf(project) : null), [project])
  const [problem, setProblem] = useState<string | null>(null)
  const [closedToo, setClosedToo] = useState(true)
  if (!project || !list) return null
  const { rows, waiting, lastRun } = list
  const open = rows.filter(({ state }) => isToReadAgain(state))
  const later = open.filter(({ finding }) => finding.run < lastRun)
  const look = async (): Promise<void> => {
    const { refusal, unknown } = await lookAgain()
    const left = unknown > 0 ? `${unknown} records are known here only by their keyed name and were not looked at.` : null
    setProblem(refusal ?? left)
  }
  return (
    <div className="stack-wide">
      <PageHead
        title="Worklist"
        beside={rows.length > 0 && <span className="muted">{formatNumber(open.length)} to mend or to read again</span>}
      >
        {rows.length > 0 && (
          <Button onPress={() => exportWorklist(rows, revealed)}>Export{revealed ? ' with record numbers' : ''}</Button>
        )}
        {later.length > 0 && (
          <Button look="primary" onPress={() => void look()} isDisabled={running}>
            Look again in run #{lastRun}
          </Button>
        )}
      </PageHead>
      {problem !== null && <Note mark="warning">{problem}</Note>}
      {waiting > 0 && (
        <Note mark="waiting">
          {formatNumber(waiting)} {waiting === 1 ? 'record' : 'records'} called harmful or wrong{' '}
          {waiting === 1 ? 'waits' : 'wait'} for another reader, who must not know what the first one said. What is wrong there is
          told afterwards.
        </Note>
      )}
      {rows.length === 0 ? (
        <EmptyState title={waiting > 0 ? 'Nothing can be told yet' : 'No reader has called anything harmful or wrong'}>
          <p>Every difference that a reader calls harmful or wrong is listed here, for those who mend the migration.</p>
          <ButtonLink href="#/review/records">Review records</ButtonLink>
        </EmptyState>
      ) : (
        <>
          <p className="muted">
            A finding is closed when the corrected files were loaded, all checks ran, and a reader read the record again and found
            it right. Records that wait for that go to the must-see list of the next <a href="#/review/plan">sample plan</a> by
            themselves. What one drawn record shows, others have as well: mend the cause, not the record.
          </p>
          <div className={`row apart ${styles.bar}`}>
            <label>
              <input type="checkbox" checked={closedToo} onChange={(event) => setClosedToo(event.target.checked)} /> Show what is
              closed
            </label>
            <RevealButton />
          </div>
          <Rows rows={closedToo ? rows : open} revealed={revealed} />
        </>
      )}
    </div>
  )
}

function Rows({ rows, revealed }: { readonly rows: readonly WorklistRow[]; readonly revealed: boolean }) {
  const places = usePlaces()
  return (
    <ScrollRegion label="Findings of readers" className={`box scroll ${styles.scroll}`}>
      <table className={cards.cards}>
        <thead>
          <tr>
            <th scope="col">What is wrong</th>
            <th scope="col">Record</th>
            <th scope="col">Where in it</th>
            <th scope="col">State</th>
            <th scope="col">From verdict to reading again</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ finding, state, looks, comments }) => {
            const words = wordingOf(finding.code)
            const severity = severityOfVerdict[finding.verdict]
            const at = places.get(finding.record)
            return (
              <tr key={finding.id}>
                <td>
                  <strong className={`line-start ${styles.what}`}>
                    <SeverityMark mark={severity} label={finding.verdict === 'harmful' ? 'Harmful' : 'Wrong'} />
                    <span>{words?.title ?? finding.code}</span>
                  </strong>
                  <p className="muted">
                    {finding.verdict === 'harmful' ? 'Harmful' : 'Wrong'}, <code>{finding.code}</code>. {words?.remedy}
                  </p>
                  <Hazards finding={finding} revealed={revealed} />
                  {comments.length > 0 && <Comments digests={comments} revealed={revealed} />}
                </td>
                <td data-label="Record">
                  {revealed ? (keyOfRecord(finding.record) ?? 'not known here') : <code>{finding.record.slice(0, 12)}…</code>}
                  {at !== undefined && (
                    <p className={`nowrap ${styles.open}`}>
                      <a href={`#/review/records/${at}`}>Open record {at}</a>
                    </p>
                  )}
                </td>
                <td data-label="Where in it">
                  {domainLabel(finding.domain)}
                  <p className="muted">
                    {finding.fields.length > 0 ? <code>{finding.fields.join(', ')}</code> : 'the whole entry'}
                  </p>
                </td>
                <td data-label="State">
                  <span className={`line-start ${styles.what}`}>
                    <SeverityMark mark={worklistMarks[state]} />
                    <span>{worklistWords(state, looks)}</span>
                  </span>
                </td>
                <td data-label="From verdict to reading again">
                  <ol className={`bullets nowrap ${styles.path}`}>
                    {pathWords(finding.run, looks).map((step) => (
                      <li key={step}>{step}</li>
                    ))}
                  </ol>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

/** What readers wrote, in the words of a patient's record: only where somebody asked to see those. */
function Comments({ digests, revealed }: { readonly digests: readonly string[]; readonly revealed: boolean }) {
  const hidden = useWorkspace((w) => w.project?.private)
  const texts = useMemo(() => commentsOf({ private: hidden ?? new Map() }), [hidden])
  if (!revealed) return <p className="muted">{counted(digests.length, 'comment')}, shown with the record numbers</p>
  return digests.map((digest) => <p key={digest}>“{commentText(digest, texts)}”</p>)
}

/** What the hazard log says of this cause; its texts speak of patients, so only where somebody asked to see those. */
function Hazards({ finding, revealed }: { readonly finding: WorklistFinding; readonly revealed: boolean }) {
  const project = useWorkspace((w) => w.project)
  const hazards = useMemo(() => (project ? hazardsOfCause(project, finding) : []), [project, finding])
  if (!project) return null
  return hazards.map((hazard) => (
    <p key={hazard.id} className="muted">
      <a href="#/review/hazards">Hazard {hazard.id}</a>, {hazard.status}, risk {standingRisk(hazard)}
      {revealed && `: ${textsShown(project, hazard).hazard}`}
    </p>
  ))
}

/** Numbers of the records of the present sample, in the order they are read. */
function usePlaces(): ReadonlyMap<string, number> {
  const review = useWorkspace((w) => w.project?.review)
  const hidden = useWorkspace((w) => w.project?.private)
  const ledger = useWorkspace((w) => w.project?.ledger)
  return useMemo(() => {
    if (!review?.draw || !hidden || !ledger) return new Map()
    const traps = trapsOfReader({ review, private: hidden, ledger }, actorSlug())
    const order = readingOrder(review.draw.records, traps, review.plan?.stopping)
    return new Map(order.map(({ id }, index) => [id, index + 1]))
  }, [review, hidden, ledger])
}
