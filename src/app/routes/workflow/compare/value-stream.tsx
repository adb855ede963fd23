/** The value stream under both maps: waiting above, work below, step by step, with the same numbers as a table. */
import { memo, useMemo } from 'react'
import { scenarioOn } from '../../../../core/workflow/map/scenario-on.ts'
import { sides, type Workflow, type WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { type StreamStep, type ValueStream, valueStreamOf } from '../../../../core/workflow/times/value-stream.ts'
import { formatDuration, formatPercent } from '../../../components/format.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import type { ComparisonView } from '../editor/comparison-view.ts'
import { sideWords } from '../simulate/simulate-view.ts'
import styles from './value-stream.module.css'

export const ValueStreams = memo(function ValueStreams({
  workflow,
  view,
}: {
  readonly workflow: Workflow
  readonly view: ComparisonView
}) {
  const { result } = view
  const streams = useMemo(() => {
    // A run of another state of the map would name other steps; formulas stand in until the next one.
    const runs = result?.workflow === workflow ? result.results : null
    return {
      current: valueStreamOf(workflow.current, scenarioOn(workflow, 'current'), runs?.current ?? null),
      future: valueStreamOf(workflow.future, scenarioOn(workflow, 'future'), runs?.future ?? null),
    }
  }, [workflow, result])
  if (sides.every((side) => streams[side].steps.length === 0)) return null
  return (
    <details className={`box above ${styles.strip}`}>
      <summary>
        <b>Value stream</b>{' '}
        {sides.map((side) => (
          <span key={side} className={`caption muted ${styles.total}`}>
            {sideWords[side]}: {totalWords(streams[side])}
          </span>
        ))}
      </summary>
      <ScrollRegion label="Value streams of both maps" className={`stack-wide scroll above ${styles.body}`}>
        {sides.map((side) => (
          <Ladder key={side} workflow={workflow} side={side} stream={streams[side]} />
        ))}
        <details>
          <summary>The same as a table</summary>
          {sides.map((side) => (
            <Twin key={side} workflow={workflow} side={side} stream={streams[side]} />
          ))}
        </details>
      </ScrollRegion>
    </details>
  )
})

function totalWords({ steps, touch, wait, work, efficiency, level }: ValueStream): string {
  if (steps.length === 0) return 'no step yet'
  if (touch === null || wait === null || work === null) return 'some times are not given'
  const share = efficiency === null ? '' : `, ${formatPercent(efficiency)} of it work`
  const sides = work > touch * 1.001 ? `; along the longest of the branches, ${timeText(work)} of work in all` : ''
  return `${timeText(touch)} worked on, ${timeText(wait)} waited${share}${sides}${level === 'estimated' ? ' (estimate)' : ''}`
}

/** Widths follow the square root, so that a minute beside a day can still be seen; the numbers say the rest. */
function Ladder({ workflow, side, stream }: StreamProps) {
  const { steps, takt } = stream
  return (
    <section className="stack-tight" aria-label={`${sideWords[side]} value stream`}>
      <p>
        <strong>{sideWords[side]}</strong>{' '}
        <span className="muted">
          {totalWords(stream)}
          {takt !== null && `; a case every ${timeText(takt)} of open time`}
        </span>
      </p>
      <ol className={styles.ladder}>
        {steps.map((step) => (
          <li key={step.id} style={{ flexGrow: 1 + weight(step) }}>
            <span className={`muted ${styles.wait}`} style={{ flexGrow: root(step.wait) }}>
              {step.wait === null ? 'not known' : step.wait === 0 ? '' : timeText(step.wait)}
            </span>
            <span className={styles.touch} style={{ flexGrow: root(step.touch) }}>
              {step.touch === null ? 'not known' : timeText(step.touch)}
            </span>
            <span className={styles.name}>
              {workflow[side].nodes.get(step.id)?.label || step.id}
              {step.complete !== null && step.complete < 1 && ` · ${formatPercent(step.complete)} right at once`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

interface StreamProps {
  readonly workflow: Workflow
  readonly side: WorkflowSide
  readonly stream: ValueStream
}

function Twin({ workflow, side, stream }: StreamProps) {
  return (
    <table>
      <caption>
        {sideWords[side]}, per case{stream.level === 'estimated' ? ', by formula until the simulation has run' : ', simulated'}
      </caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          {['Waits', 'Worked on', 'Visits', 'Right at once'].map((name) => (
            <th key={name} scope="col" className="number">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {stream.steps.map((step) => (
          <tr key={step.id}>
            <th scope="row">{workflow[side].nodes.get(step.id)?.label || step.id}</th>
            <td className="number">{step.wait === null ? 'not known' : timeText(step.wait)}</td>
            <td className="number">{step.touch === null ? 'not known' : timeText(step.touch)}</td>
            <td className="number">{step.visits === null ? 'not known' : step.visits.toFixed(2)}</td>
            <td className="number">{step.complete === null ? 'not known' : formatPercent(step.complete)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function timeText(seconds: number): string {
  return Number.isFinite(seconds) ? formatDuration(seconds) : 'never ends'
}

function root(seconds: number | null): number {
  return seconds === null || !Number.isFinite(seconds) ? 1 : Math.sqrt(seconds / 60)
}

function weight(step: StreamStep): number {
  return root(step.wait) + root(step.touch)
}
