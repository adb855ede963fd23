/** One cause that several files share: what, how many, whose, what was decided, and each file with its part. */

import { useState } from 'react'
import { CommentsOn } from '../../../comments/comments-on.tsx'
import { Button } from '../../../components/button.tsx'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { PathCode } from '../../../components/path-code.tsx'
import { RuleLink } from '../../../components/rule-link.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { useWorkspace } from '../../../session/state.ts'
import type { Address } from '../../../window/address.ts'
import { withdrawAcceptances } from '../acts/acceptance.ts'
import { AssignDialog } from './assign-dialog.tsx'
import { type FindingLine, stateWordsOf } from './finding-causes.ts'
import { type ListedFinding, stateWordOf } from './findings.ts'

export interface CauseDetailProps {
  readonly line: FindingLine
  /** Address of one finding by its fingerprint. */
  readonly hrefOf: (fingerprint: string) => Address
  readonly onAccept: (parts: readonly ListedFinding[]) => void
}

export function CauseDetail({ line, hrefOf, onAccept }: CauseDetailProps) {
  const { first, parts, count, denominator, patients } = line
  const { finding, wording, state } = first
  return (
    <>
      <div>
        <Pill mark={finding.severity} />
      </div>
      <p>
        <strong>
          {formatNumber(count)}
          {denominator !== null && denominator > 0 ? ` of ${formatNumber(denominator)}` : ''}
        </strong>{' '}
        at <PathCode path={finding.place === '' ? 'the file' : finding.place} /> in {formatNumber(parts.length)} files
        {patients !== null && `, ${formatCount(patients, 'patient')}`}.
        {patients === null && <span className="muted"> How many patients they share is not known; each file says its own.</span>}
      </p>
      {finding.cause !== undefined && <p>{finding.cause}</p>}
      <p>{wording.why}</p>
      <p>
        <strong>What to do.</strong> {wording.remedy}
      </p>
      <RuleLink code={wording.code} />
      {state !== 'fixed' && <Decisions parts={parts} onAccept={onAccept} />}
      <CommentsOn about={{ kind: 'finding', id: finding.fingerprint }} title={`the finding “${wording.title}”`} />
      <h3>Files</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col" className="number">
              Count
            </th>
            <th scope="col" className="number">
              Patients
            </th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.finding.fingerprint}>
              <th scope="row">
                <a href={hrefOf(part.finding.fingerprint)}>{part.input ?? 'both sides'}</a>
              </th>
              <td className="number">{formatNumber(part.finding.count)}</td>
              <td className="number">{part.finding.patients === null ? '—' : formatNumber(part.finding.patients)}</td>
              <td>{stateWordOf(part)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** What is decided here is decided of every part. */
function Decisions({ parts, onAccept }: Pick<CauseDetailProps, 'onAccept'> & Pick<FindingLine, 'parts'>) {
  const [assigning, setAssigning] = useState(false)
  const readOnly = useWorkspace((w) => w.project?.readOnly !== null)
  const open = parts.filter(({ state }) => state === 'new')
  const accepted = parts.flatMap(({ acceptance }) => (acceptance ? [acceptance.fingerprint] : []))
  return (
    <div className="stack">
      <p className="muted">{stateWordsOf(parts)}</p>
      <div className="row">
        {open.length > 0 && (
          <Button isDisabled={readOnly} onPress={() => onAccept(open)}>
            Accept all {formatNumber(open.length)}…
          </Button>
        )}
        {open.length > 0 && (
          <Button isDisabled={readOnly} onPress={() => setAssigning(true)}>
            Assign…
          </Button>
        )}
        {accepted.length > 0 && (
          <Button look="quiet" isDisabled={readOnly} onPress={() => void withdrawAcceptances(accepted)}>
            Withdraw {formatCount(accepted.length, 'acceptance')}
          </Button>
        )}
      </div>
      {assigning && <AssignDialog parts={open} onClose={() => setAssigning(false)} />}
    </div>
  )
}
