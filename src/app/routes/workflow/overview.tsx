/** Nothing selected: all findings, worst first, what blocks the judgement, and the arrivals they rest on. */
import { type ReactNode, useState } from 'react'
import type { CompareFinding } from '../../../core/workflow/compare.ts'
import { blankScenario } from '../../../core/workflow/scenario.ts'
import { sides } from '../../../core/workflow/workflow.ts'
import { refOf } from '../../canvas/node-ref.ts'
import { Note } from '../../components/panel.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { NumberField } from './fields.tsx'
import { FindingCard } from './finding-card.tsx'
import { isAboutSteps, type MissingFact, outcomeTitles } from './findings.ts'
import styles from './inspector-panel.module.css'
import type { PanelProps } from './inspector-panel.tsx'

export function Overview(props: PanelProps & { readonly onJump: (missing: MissingFact) => void }) {
  const { editor, view } = props
  const comparison = view.comparison
  const judged =
    comparison?.findings.filter((finding) => finding.outcome !== 'unjudged' && finding.outcome !== 'eliminated') ?? []
  const gone = comparison?.findings.filter((finding) => finding.outcome === 'eliminated') ?? []
  const open = comparison?.findings.filter((finding) => finding.outcome === 'unjudged') ?? []
  const choose = (finding: CompareFinding): void => {
    const side = finding.future.length > 0 ? 'future' : 'current'
    const id = finding[side][0]
    if (id !== undefined) editor.selectOne(refOf(side, id))
    editor.set({ details: true })
  }
  return (
    <>
      <Arrivals {...props} />
      {comparison === null && <p className="muted">The comparison is computed as soon as both maps can be run through.</p>}
      {comparison?.blocked.map((sentence) => (
        <Note key={sentence} mark="warning">
          {sentence}
        </Note>
      ))}
      {judged.length > 0 && (
        <ul className={styles.list}>
          {judged.map((finding) => (
            <li key={finding.fingerprint}>
              {isAboutSteps(finding) ? (
                <button type="button" className={styles.found} onClick={() => choose(finding)}>
                  <span className={styles[finding.severity]}>
                    <SeverityMark mark={finding.severity} label={finding.severity} />
                  </span>
                  <b>
                    {outcomeTitles[finding.outcome]}: {finding.title}
                  </b>
                  <small>{finding.sentence}</small>
                </button>
              ) : (
                <FindingCard finding={finding} {...props} />
              )}
            </li>
          ))}
        </ul>
      )}
      {gone.length > 0 && (
        <details>
          <summary>{gone.length} eliminated</summary>
          <ul className={styles.evidence}>
            {gone.map((finding) => (
              <li key={finding.fingerprint}>{finding.sentence}</li>
            ))}
          </ul>
        </details>
      )}
      {open.length > 0 && (
        <Folded summary={`${open.length} not judged: facts are missing`}>
          {() => open.map((finding) => <FindingCard key={finding.fingerprint} finding={finding} {...props} />)}
        </Folded>
      )}
      {comparison && comparison.structure.length > 0 && (
        <Folded summary={`${comparison.structure.length} remarks on the drawing`}>
          {() => (
            <ul className={styles.list}>
              {comparison.structure.map((problem) => (
                <li key={`${problem.side} ${problem.code} ${problem.nodes.join(' ')} ${problem.edges.join(' ')}`}>
                  <button
                    type="button"
                    className={styles.found}
                    onClick={() => {
                      const id = problem.nodes[0]
                      if (id !== undefined) editor.selectOne(refOf(problem.side, id))
                    }}
                  >
                    <span className={styles[problem.severity]}>
                      <SeverityMark mark={problem.severity} label={problem.severity} />
                    </span>
                    <span>{problem.sentence}</span>
                    <small>{problem.remedy}</small>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </Folded>
      )}
    </>
  )
}

/** Queues need arrivals; both maps run on the same. */
function Arrivals({ workflow, editor, readOnly }: PanelProps) {
  const scenario = workflow.scenario ?? blankScenario
  const [first] = scenario.arrivals
  if (scenario.arrivals.length > 1 || (first && !('perHour' in first)))
    return <p className="muted caption">Arrivals vary by hour, as the scenario says.</p>
  const start =
    sides.flatMap((side) => [...workflow[side].nodes.values()].filter((node) => node.type === 'start'))[0]?.id ?? 'start'
  return (
    <NumberField
      label="Cases per hour"
      fact="arrivals"
      value={first && 'perHour' in first ? first.perHour : null}
      disabled={readOnly}
      hint={first ? '' : 'Queues and waits are judged only with arrivals.'}
      onCommit={(perHour) => {
        const arrivals = perHour === null ? [] : [{ node: first?.node ?? start, perHour }]
        editor.edit({ kind: 'set-scenario', scenario: { ...scenario, arrivals } }, 'Arrivals changed')
      }}
    />
  )
}

/** A folded list that is built when it is opened: a map of a thousand steps has thousands of remarks. */
function Folded({ summary, children }: { readonly summary: string; readonly children: () => ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {open && children()}
    </details>
  )
}
