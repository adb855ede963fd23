/** What a finding asks for, tried on a copy of the future map and simulated at once; taken over as one step of the history. */

import { useMemo, useState } from 'react'
import { counted } from '../../../../core/counted.ts'
import { pairedDifference } from '../../../../core/workflow/numerics/student.ts'
import { remediesFor } from '../../../../core/workflow/remedies/remedies.ts'
import type { Remedy } from '../../../../core/workflow/remedies/remedy.ts'
import type { CompareFinding } from '../../../../core/workflow/survival/compare.ts'
import type { SimulationResult } from '../../../../core/workflow/times/result.ts'
import { traceOf } from '../../../../core/workflow/trace/trace.ts'
import { Button } from '../../../components/button.tsx'
import { formatChange, formatDuration } from '../../../components/format.ts'
import { Progress } from '../../../components/progress.tsx'
import { wallNow } from '../../../session/ledger.ts'
import { useWorkspace } from '../../../session/state.ts'
import { type Trial, useRemedyTrial } from '../acts/remedy-trial.ts'
import type { PanelProps } from '../editor/comparison-view.ts'
import { outcomeTitles } from '../editor/findings.ts'
import styles from './inspector-panel.module.css'

export interface RemediesProps extends PanelProps {
  readonly finding: CompareFinding
}

export function Remedies({ finding, workflow, editor, view, readOnly }: RemediesProps) {
  const person = useWorkspace((w) => w.person?.name ?? null)
  const { trial, tryOut } = useRemedyTrial()
  const remedies = useMemo(
    () => remediesFor(workflow, finding, { by: person, at: wallNow().slice(0, 10) }),
    [workflow, finding, person],
  )
  if (finding.outcome === 'eliminated' || finding.outcome === 'unjudged') return null
  if (remedies.length === 0)
    return <p className="muted">No single change of the map follows from this finding: what to do needs a decision first.</p>
  const before = view.stale ? null : (view.result?.results ?? null)
  return (
    <section aria-label="Try a remedy">
      <ul className="stack-tight">
        {remedies.map((remedy) => (
          <li key={remedy.label} className={`row ${styles.row}`}>
            <span>
              {remedy.label}
              {remedy.asks.length > 0 && <small className="muted"> · ask first</small>}
            </span>
            <Button
              className={styles.small ?? ''}
              isDisabled={trial.kind === 'running'}
              onPress={() => void tryOut(workflow, remedy, before)}
              aria-label={`Apply to a copy: ${remedy.label}`}
            >
              Apply to a copy
            </Button>
          </li>
        ))}
      </ul>
      {trial.kind === 'running' && <Progress label={trial.label} share={trial.share} detail="" onCancel={trial.cancel} />}
      {trial.kind === 'failed' && <p>{trial.sentence}</p>}
      {trial.kind === 'tried' && (
        <Tried
          key={trial.remedy.label}
          trial={trial}
          finding={finding}
          stale={trial.of !== workflow}
          readOnly={readOnly}
          onUse={({ label, command }) => {
            editor.edit(command, `${label}: now in the future map. Undo takes it back.`)
            // The step may be gone with its card: the keys go on at the map, undo included.
            editor.focus()
          }}
        />
      )}
    </section>
  )
}

interface TriedProps {
  readonly trial: Extract<Trial, { readonly kind: 'tried' }>
  readonly finding: CompareFinding
  readonly stale: boolean
  readonly readOnly: boolean
  readonly onUse: (remedy: Remedy) => void
}

function Tried({ trial, finding, stale, readOnly, onUse }: TriedProps) {
  const { remedy, after } = trial
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set())
  const asked = remedy.asks.every((question) => answered.has(question))
  const lead = after.results?.future ?? null
  const open = after.comparison.untraced.current.length - traceOf(trial.of).untraced.current.length
  return (
    <div role="status" className={`stack starts ${styles.trial}`}>
      <table>
        <caption>Copy: {remedy.label}</caption>
        <tbody>
          <tr>
            <th scope="row">Lead time as drawn</th>
            <td>{leadText(trial.before?.future ?? null)}</td>
          </tr>
          <tr>
            <th scope="row">Lead time of the copy</th>
            <td>{leadText(lead)}</td>
          </tr>
          <tr>
            <th scope="row">Difference</th>
            <td>{differenceText(trial.before?.future ?? null, lead)}</td>
          </tr>
          <tr>
            <th scope="row">This finding</th>
            <td>{outcomesIn(after.comparison.findings, finding)}</td>
          </tr>
        </tbody>
      </table>
      {open > 0 && (
        <p className="muted">
          {counted(open, 'step of today goes', 'steps of today go')} nowhere in the copy: nobody is named yet who decides that it
          is not needed. The trace asks for the name.
        </p>
      )}
      {after.obstacles.length > 0 && <p className="muted">Not simulated: {after.obstacles.join(' ')}</p>}
      {lead && (
        <p className="muted caption">
          Seed {lead.seed}, {lead.replications} replications; the copy has the same arrivals and the same luck.
        </p>
      )}
      {stale ? (
        <p className="muted">The map has changed since. Apply to a copy again for numbers of the map as it is now.</p>
      ) : (
        <>
          {remedy.asks.length > 0 && (
            <fieldset className={`stack outlined ${styles.asks}`}>
              <legend>Ask first, and tick what somebody with the right to say so has agreed to</legend>
              {remedy.asks.map((question) => (
                <label key={question}>
                  <input
                    type="checkbox"
                    checked={answered.has(question)}
                    disabled={readOnly}
                    onChange={({ target }) =>
                      setAnswered(
                        new Set(target.checked ? [...answered, question] : [...answered].filter((other) => other !== question)),
                      )
                    }
                  />
                  {question}
                </label>
              ))}
            </fieldset>
          )}
          <Button className={styles.small ?? ''} isDisabled={readOnly || !asked} onPress={() => onUse(remedy)}>
            Use this as the future map
          </Button>
        </>
      )}
    </div>
  )
}

function leadText(result: SimulationResult | null): string {
  if (result === null) return 'not simulated'
  if (result.leadTime === null) return result.unstable.length > 0 ? 'a queue never ends' : 'no case ends'
  return formatDuration(result.leadTime.mean)
}

function differenceText(before: SimulationResult | null, after: SimulationResult | null): string {
  if (!before?.leadTime || !after?.leadTime) return 'not known'
  const { mean, low, high } = pairedDifference(before.leadTime.series, after.leadTime.series)
  return `${formatChange(mean)} (95 % interval ${formatChange(low)} to ${formatChange(high)})`
}

/** What becomes of the same problem of today; one that stood in the future map alone is looked for by its steps there. */
function outcomesIn(findings: readonly CompareFinding[], { code, current, future }: CompareFinding): string {
  const same = findings.filter(
    (each) =>
      each.code === code &&
      (current.length > 0 ? each.current.some((id) => current.includes(id)) : each.future.some((id) => future.includes(id))),
  )
  return same.length === 0 ? 'gone' : [...new Set(same.map(({ outcome }) => outcomeTitles[outcome]))].join(', ')
}
