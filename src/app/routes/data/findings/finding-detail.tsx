/** One finding opened: what, why, what to do, what was decided about it, its history by run, and its rows. */

import { useMemo, useRef, useState } from 'react'
import { digestOf } from '../../../../core/canonical.ts'
import type { Finding } from '../../../../core/finding.ts'
import { dayText } from '../../../../core/values/day.ts'
import { visibleText } from '../../../../core/visible-text.ts'
import { CommentsOn } from '../../../comments/comments-on.tsx'
import { Button } from '../../../components/button.tsx'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { Facts, Note } from '../../../components/panel.tsx'
import { PathCode } from '../../../components/path-code.tsx'
import { RuleLink } from '../../../components/rule-link.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { useReveal } from '../../../session/reveal.ts'
import { useWorkspace } from '../../../session/state.ts'
import { withdrawAcceptances } from '../acts/acceptance.ts'
import { AssignDialog } from './assign-dialog.tsx'
import { FindingRows } from './finding-rows.tsx'
import { type ListedFinding, statusWords } from './findings.ts'

export interface FindingDetailProps {
  readonly listed: ListedFinding
  readonly onAccept: () => void
}

export function FindingDetail({ listed, onAccept }: FindingDetailProps) {
  const { finding, wording, state } = listed
  const revealed = useReveal()
  return (
    <>
      <div>
        <Pill mark={finding.severity} />
      </div>
      {state === 'fixed' ? (
        <p>
          <strong>{formatNumber(listed.before ?? 0)}</strong> at <PathCode path={placeOf(finding)} />
          {listed.input !== null && <> in {listed.input}</>} before; this run found none.
        </p>
      ) : (
        <p>
          <strong>
            {formatNumber(finding.count)}
            {finding.denominator !== null && finding.denominator > 0 ? ` of ${formatNumber(finding.denominator)}` : ''}
          </strong>{' '}
          at <PathCode path={placeOf(finding)} />
          {revealed && listed.column !== null && <> ({visibleText(listed.column)})</>}
          {listed.input !== null && <> in {listed.input}</>}
          {finding.patients !== null && `, ${formatCount(finding.patients, 'patient')}`}.
        </p>
      )}
      <p>{wording.why}</p>
      <p>
        <strong>What to do.</strong> {wording.remedy}
      </p>
      <RuleLink code={wording.code} />
      {state !== 'fixed' && <Decision listed={listed} onAccept={onAccept} />}
      <CommentsOn about={{ kind: 'finding', id: finding.fingerprint }} title={`the finding “${wording.title}”`} />
      <RuleFacts finding={finding} status={listed.status} />
      <History finding={finding} />
      {finding.sample.length > 0 && <FindingRows finding={finding} />}
    </>
  )
}

function placeOf({ place }: Pick<Finding, 'place'>): string {
  return place === '' ? 'the file' : place
}

/** Who accepted it, until when, and the way to do or undo that. */
function Decision({ listed, onAccept }: FindingDetailProps) {
  const { acceptance, notAccepted, finding } = listed
  const [asking, setAsking] = useState(false)
  const [assigning, setAssigning] = useState(false)
  const accept = useRef<HTMLButtonElement>(null)
  const readOnly = useWorkspace((w) => w.project?.readOnly !== null)
  return (
    <div className="stack">
      {acceptance && (
        <Facts
          items={[
            { name: 'Accepted by', value: acceptance.by },
            { name: 'Reason', value: acceptance.reason },
            { name: 'Until', value: acceptance.expires === null ? 'no day given' : dayText(acceptance.expires) },
          ]}
        />
      )}
      {(listed.owner !== null || listed.due !== null) && (
        <Facts
          items={[
            { name: 'Owner', value: listed.owner ?? 'nobody yet' },
            ...(listed.due === null ? [] : [{ name: 'Due', value: dayText(listed.due) }]),
          ]}
        />
      )}
      {notAccepted !== null && (
        <Note mark="warning">This acceptance does not count: {notAccepted}. The finding counts as open.</Note>
      )}
      <div className="row">
        <Button ref={accept} isDisabled={readOnly} onPress={onAccept}>
          {acceptance ? 'Accept again…' : 'Accept…'}
        </Button>
        {!acceptance && (
          <Button isDisabled={readOnly} onPress={() => setAssigning(true)}>
            Assign…
          </Button>
        )}
        {acceptance && !asking && (
          <Button look="quiet" isDisabled={readOnly} onPress={() => setAsking(true)}>
            Withdraw
          </Button>
        )}
        {asking && (
          <Button
            autoFocus
            onPress={() => {
              setAsking(false)
              // This button goes; what is left to do about the finding is next.
              accept.current?.focus()
              void withdrawAcceptances([acceptance?.fingerprint ?? finding.fingerprint])
            }}
          >
            Withdraw it: the finding counts as open
          </Button>
        )}
      </div>
      {assigning && <AssignDialog parts={[listed]} onClose={() => setAssigning(false)} />}
    </div>
  )
}

/** The rule, and the line of the schema that asked for it. */
function RuleFacts({ finding, status }: Pick<ListedFinding, 'finding' | 'status'>) {
  const schemas = useWorkspace((w) => w.project?.schemas)
  const asked = useMemo(() => {
    const paths = new Map([...(schemas ?? [])].map(([path, schema]) => [digestOf(schema), path]))
    return (finding.origin ?? []).map(
      ({ schema, pointer }) => `${paths.get(schema) ?? paths.get(`sha256:${schema}`) ?? 'schema'} ${pointer}`,
    )
  }, [schemas, finding])
  return (
    <Facts
      items={[
        { name: 'Rule', value: <code>{finding.code}</code> },
        { name: 'Status', value: statusWords[status] },
        ...asked.slice(0, 5).map((line, index) => ({ name: index === 0 ? 'Asked by' : '', value: <code>{line}</code> })),
        ...(finding.safety === undefined ? [] : [{ name: 'Safety class', value: finding.safety.replaceAll('-', ' ') }]),
        ...(finding.severityBecause === undefined ? [] : [{ name: 'Severity', value: finding.severityBecause }]),
        ...(finding.withoutPatient === undefined
          ? []
          : [
              {
                name: 'Without patient',
                value: `${formatCount(finding.withoutPatient, 'names', 'name')} no patient that was found`,
              },
            ]),
        ...(finding.facts ?? []).map((fact) => ({
          name: fact.name,
          value: `${typeof fact.value === 'number' ? formatNumber(fact.value) : String(fact.value)}${fact.unit === undefined ? '' : ` ${fact.unit}`}`,
        })),
      ]}
    />
  )
}

/** The same finding in the last runs. */
function History({ finding }: { readonly finding: Finding }) {
  const runs = useWorkspace((w) => w.project?.runs ?? [])
  const complete = runs.filter((run) => !run.partial).slice(-6)
  if (complete.length < 2) return null
  return (
    <>
      <h3>By run</h3>
      <Facts
        items={complete.map((run) => {
          const count = run.findings.find((each) => each.fingerprint === finding.fingerprint)?.count ?? 0
          return { name: `Run #${run.number}`, value: formatNumber(count) }
        })}
      />
    </>
  )
}
