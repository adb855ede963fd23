/** Nothing selected: all findings, worst first, what blocks the judgement, and the arrivals they rest on. */

import { dayText } from '../../../../core/values/day.ts'
import { missingEvents } from '../../../../core/workflow/edit/begin-end.ts'
import { type Arrival, blankScenario } from '../../../../core/workflow/map/scenario.ts'
import { sides } from '../../../../core/workflow/map/workflow.ts'
import { type ComparedEffect, type CompareFinding, mainFindings } from '../../../../core/workflow/survival/compare.ts'
import { type BurdenName, burdenNames } from '../../../../core/workflow/survival/costs.ts'
import type { Balance } from '../../../../core/workflow/survival/effects.ts'
import { valueText } from '../../../../core/workflow/survival/sentence.ts'
import { improved, type Verdict, verdictOf } from '../../../../core/workflow/survival/verdict.ts'
import { refOf } from '../../../canvas/node-ref.ts'
import { isBegun } from '../../../canvas/stage.ts'
import { Button } from '../../../components/button.tsx'
import { Note } from '../../../components/panel.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import type { PanelProps } from '../editor/comparison-view.ts'
import { isAboutSteps, type MissingFact, outcomeTitles, untracedStep } from '../editor/findings.ts'
import { NumberField } from '../fields/fields.tsx'
import { Folded } from '../fields/folded.tsx'
import { ArrivalHoursField } from '../simulate/arrival-hours.tsx'
import { FindingCard } from './finding-card.tsx'
import styles from './inspector-panel.module.css'
import { MissingFacts } from './missing-facts.tsx'
import { ToVerdict } from './to-verdict.tsx'

/** More than these are a wall that nobody reads: they are folded, with their count. */
const mostCards = 2

export function Overview(props: PanelProps & { readonly onJump: (missing: MissingFact) => void }) {
  const { editor, view } = props
  const comparison = view.comparison
  const mains = mainFindings(comparison?.findings ?? [])
  const effects = (comparison?.effects ?? []).filter(({ toldBy }) => toldBy === null)
  const judged = mains.filter(({ outcome, question }) => !question && outcome !== 'unjudged' && outcome !== 'eliminated')
  const gone = mains.filter(({ outcome, question }) => !question && outcome === 'eliminated')
  const asked = mains.filter(({ outcome, question }) => question && outcome !== 'unjudged' && outcome !== 'eliminated')
  const better = effects.filter(({ outcome }) => improved.has(outcome))
  const stays = effects.filter(({ outcome }) => !improved.has(outcome) && outcome !== 'unjudged')
  // As long as there is no future map, no step could be traced.
  const untraced = isBegun(props.workflow.future) ? mains.filter(({ code }) => code === untracedStep) : []
  // Where more waits for a fact than was judged, the way there comes before the little that is known.
  const waiting = mains.filter(({ outcome }) => outcome === 'unjudged').length
  const verdict = comparison ? verdictOf(props.workflow, comparison) : null
  const choose = (finding: Pick<CompareFinding, 'current' | 'future'>): void => {
    const side = finding.future.length > 0 ? 'future' : 'current'
    const id = finding[side][0]
    if (id !== undefined) editor.selectOne(refOf(side, id))
    editor.set({ details: true })
  }
  return (
    <>
      <Arrivals {...props} />
      {comparison === null && <p className="muted">Not judged yet: the comparison is being computed.</p>}
      <RestsOn {...props} />
      <Blocked {...props} verdict={verdict} />
      {verdict && comparison && (verdict.kind === 'not judged' || waiting > judged.length + gone.length + effects.length) && (
        <ToVerdict
          workflow={props.workflow}
          groups={verdict.missing}
          traceFirst={comparison.traced.n === 0}
          onJump={props.onJump}
        />
      )}
      {judged.length > 0 && (
        <ul className="stack-tight">
          {judged.map((finding) => (
            <li key={finding.fingerprint}>
              {isAboutSteps(finding) ? (
                <button type="button" className={`full outlined ${styles.found}`} onClick={() => choose(finding)}>
                  <span className={`is-${finding.severity}`}>
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
      {stays.length > 0 && <Effects effects={stays} onChoose={choose} />}
      {(better.length > 0 || gone.length > 0) && (
        <section aria-labelledby="gained">
          <h3 id="gained" className={styles.heading}>
            What gets better: {better.length + gone.length}
          </h3>
          <Effects effects={better} onChoose={choose} />
          <Gone findings={gone} onChoose={choose} />
        </section>
      )}
      {comparison?.balance && <PerCase balance={comparison.balance} />}
      {asked.length > 0 && (
        <Folded summary={`Questions that the maps leave open: ${asked.length}`}>
          {() => asked.map((finding) => <FindingCard key={finding.fingerprint} finding={finding} {...props} />)}
        </Folded>
      )}
      {untraced.length > mostCards ? (
        <Folded summary={`${untraced.length} steps of today go nowhere`}>
          {() => untraced.map((finding) => <FindingCard key={finding.fingerprint} finding={finding} {...props} />)}
        </Folded>
      ) : (
        untraced.map((finding) => <FindingCard key={finding.fingerprint} finding={finding} {...props} />)
      )}
      {verdict && (
        <MissingFacts
          groups={verdict.missing}
          workflow={props.workflow}
          editor={editor}
          readOnly={props.readOnly}
          onJump={props.onJump}
        />
      )}
      {comparison && comparison.structure.length > 0 && (
        <Folded summary={`${comparison.structure.length} remarks on the drawing`}>
          {() => (
            <ul className="stack-tight">
              {comparison.structure.map((problem) => (
                <li key={`${problem.side} ${problem.code} ${problem.nodes.join(' ')} ${problem.edges.join(' ')}`}>
                  <button
                    type="button"
                    className={`full outlined ${styles.found}`}
                    onClick={() => {
                      const id = problem.nodes[0]
                      if (id !== undefined) editor.selectOne(refOf(problem.side, id))
                    }}
                  >
                    <span className={`is-${problem.severity}`}>
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

const eventCodes: ReadonlySet<string> = new Set(['workflow/structure-no-start', 'workflow/structure-no-end'])

/** Why nothing is judged, with the way out where there is one: the sentences of a map name it. */
function Blocked({
  workflow,
  editor,
  readOnly,
  view: { comparison },
  verdict,
}: PanelProps & { readonly verdict: Verdict | null }) {
  const lacking = sides.filter((side) => missingEvents(workflow[side]).length > 0)
  const blocked = new Set(comparison?.blocked)
  if (blocked.size === 0) return verdict?.kind === 'not judged' && <Note mark="warning">Not judged: {verdict.why}</Note>
  const others = (comparison?.structure ?? []).filter(
    ({ side, code, sentence }) => blocked.has(sentence) && !(lacking.includes(side) && eventCodes.has(code)),
  )
  return (
    <>
      {lacking.map((side) => (
        <Note key={side} mark="warning">
          Not judged: the {side} map has no {missingEvents(workflow[side]).join(' and no ')}, so nobody knows where a case begins
          or ends.{' '}
          {!readOnly && (
            <Button
              className={styles.small ?? ''}
              aria-label={`Draw ${missingEvents(workflow[side]).join(' and ')} in the ${side} map`}
              onPress={() => editor.drawMissing(side)}
            >
              Draw {missingEvents(workflow[side]).join(' and ')}
            </Button>
          )}
        </Note>
      ))}
      {others.map(({ side, sentence, remedy }) => (
        <Note key={`${side} ${sentence}`} mark="warning">
          Not judged, {side} map: {sentence} {remedy}
        </Note>
      ))}
    </>
  )
}

/** What the judgement rests on, in one sentence: formula or simulation, of which state of the maps. */
function RestsOn({ view: { result, comparison, stale } }: Pick<PanelProps, 'view'>) {
  if (comparison === null || result === null) return null
  const words = stale
    ? 'The times are those of the maps before the last edit. They are simulated again.'
    : result.keptAt !== undefined
      ? `Simulated on ${dayText(result.keptAt)} and kept with the project. Maps, links and assumptions are the same as then.`
      : result.outdatedAt !== undefined && result.results === null
        ? `Judged by formula. The kept simulation of ${dayText(result.outdatedAt)} is of other maps or of an earlier version.`
        : result.results === null
          ? 'Judged by formula, not simulated.'
          : 'Simulated from both maps, their links and the assumptions as they are now.'
  return <p className="muted caption">{words}</p>
}

/** What each case costs on both sides, over the whole map. */
function PerCase({ balance }: { readonly balance: Balance }) {
  const shown = balance.burdens.filter(({ before, after }) => before !== null && after !== null && (before > 0 || after > 0))
  if (shown.length === 0) return null
  return (
    <table className={`caption digits full ${styles.balance}`}>
      <caption>Each case, over the whole map</caption>
      <thead>
        <tr>
          <th scope="col">Measure</th>
          <th scope="col">Now</th>
          <th scope="col">Next</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ burden, before, after }) => (
          <tr key={burden}>
            <th scope="row">{burdenNames[burden].name}</th>
            <td>{amountText(burden, before)}</td>
            <td>{amountText(burden, after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The caption says that each amount is per case. */
function amountText(burden: BurdenName, amount: number | null): string {
  return valueText(amount, burdenNames[burden].unit.replace(/ ?per case$/, '')).trim()
}

/** What stands today and not tomorrow, as a rule saw it. */
function Gone({
  findings,
  onChoose,
}: {
  readonly findings: readonly CompareFinding[]
  readonly onChoose: (finding: CompareFinding) => void
}) {
  if (findings.length === 0) return null
  return (
    <ul className="stack-tight">
      {findings.map((finding) => (
        <li key={finding.fingerprint}>
          <button type="button" className={`full outlined ${styles.found}`} onClick={() => onChoose(finding)}>
            <span>
              <SeverityMark mark="ok" label={outcomeTitles.eliminated} />
            </span>
            <b>
              {outcomeTitles.eliminated}: {finding.title}
            </b>
            <small>{finding.sentence}</small>
          </button>
        </li>
      ))}
    </ul>
  )
}

function Effects({
  effects,
  onChoose,
}: {
  readonly effects: readonly ComparedEffect[]
  readonly onChoose: (effect: ComparedEffect) => void
}) {
  if (effects.length === 0) return null
  return (
    <ul className="stack-tight">
      {effects.map((effect) => (
        <li key={`${effect.current.join(' ')} > ${effect.future.join(' ')} ${effect.outcome}`}>
          <button type="button" className={`full outlined ${styles.found}`} onClick={() => onChoose(effect)}>
            <span>
              <SeverityMark mark={improved.has(effect.outcome) ? 'ok' : 'info'} label={outcomeTitles[effect.outcome]} />
            </span>
            <b>{outcomeTitles[effect.outcome]}</b>
            <small>{effect.sentence}</small>
          </button>
        </li>
      ))}
    </ul>
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
  const arrival = first && 'perHour' in first ? first : null
  const put = (next: Arrival | null): void =>
    void editor.edit(
      { kind: 'set-scenario', scenario: { ...scenario, arrivals: next === null ? [] : [next] } },
      'Arrivals changed',
    )
  return (
    <>
      <NumberField
        label="Cases per hour"
        fact="arrivals"
        value={arrival?.perHour ?? null}
        disabled={readOnly}
        hint={first ? '' : 'Queues and waits are judged only with arrivals.'}
        onCommit={(perHour) => {
          put(perHour === null ? null : { ...(arrival ?? { node: start }), perHour })
        }}
      />
      {arrival && <ArrivalHoursField scenario={scenario} arrival={arrival} disabled={readOnly} onArrival={put} />}
    </>
  )
}
