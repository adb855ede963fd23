/** What queueing formulas say while one edits, before and beside any run, and what clicking takes by the keystroke model. */

import { viewOf } from '../../../../core/workflow/map/graph.ts'
import { klmSeconds } from '../../../../core/workflow/map/klm.ts'
import { scenarioOn } from '../../../../core/workflow/map/scenario-on.ts'
import { sides, type Workflow, type WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { calendarOf, openSecondsPerWeek } from '../../../../core/workflow/times/calendar.ts'
import { erlangC, networkLead, waitsLonger } from '../../../../core/workflow/times/estimates.ts'
import { staffingOf, timesOf } from '../../../../core/workflow/times/times.ts'
import { formatDuration, formatPercent } from '../../../components/format.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import styles from './simulate.module.css'
import { sideWords } from './simulate-view.ts'

export function FormulaEstimates({ workflow }: { readonly workflow: Workflow }) {
  return (
    <section className={styles.card} aria-labelledby="estimates">
      <h2 id="estimates">
        By formula <Pill mark="info">Estimate</Pill>
      </h2>
      {sides.map((side) => (
        <SideEstimates key={side} workflow={workflow} side={side} />
      ))}
      <p className="muted caption">
        Waits by Erlang C and Allen–Cunneen over open hours, as if cases came at random and each role were one queue; calendars,
        batches that fill unevenly and priorities are left to the simulation. Clicks and keys by the keystroke-level model for
        people without errors, from pointing alone up to a thought before each click; responses of the system count as 0.
      </p>
    </section>
  )
}

function SideEstimates({ workflow, side }: { readonly workflow: Workflow; readonly side: WorkflowSide }) {
  const view = viewOf(workflow[side])
  const scenario = scenarioOn(workflow, side)
  const times = timesOf(view, scenario, null)
  const lead = leadOf(workflow, side)
  const keyed = keyedSeconds(workflow, side)
  return (
    <>
      <h3>{sideWords[side]}</h3>
      {times.roles.size > 0 && (
        <ScrollRegion className="scroll" label={`Estimates of the ${side} map`}>
          <table>
            <caption className="visually-hidden">Estimates of the {side} map by role</caption>
            <thead>
              <tr>
                <th scope="col">Role</th>
                <th scope="col" className="number">
                  Asked for
                </th>
                <th scope="col" className="number">
                  Has to wait
                </th>
                <th scope="col" className="number">
                  Mean wait
                </th>
                <th scope="col" className="number">
                  Waits too long
                </th>
              </tr>
            </thead>
            <tbody>
              {[...times.roles].map(([id, role]) => {
                const lane = workflow[side].lanes.get(id)
                const name = lane?.label || id
                if (!('load' in role))
                  return (
                    <tr key={id}>
                      <th scope="row">{name}</th>
                      <td colSpan={4} className="muted">
                        Not judged: {role.join(', ')} missing
                      </td>
                    </tr>
                  )
                const { count, calendar } = lane ? staffingOf(lane, scenario) : { count: null, calendar: null }
                const people = count ?? 0
                const open = openSecondsPerWeek(calendarOf(scenario, calendar))
                return (
                  <tr key={id}>
                    <th scope="row">{name}</th>
                    <td className="number">{formatPercent(role.load)}</td>
                    <td className="number">{formatPercent(erlangC(role.load, people))}</td>
                    <td className="number">
                      {open > 0 && Number.isFinite(role.wait) ? formatDuration(role.wait) : 'never ends'}
                    </td>
                    <td className="number">
                      {formatPercent(waitsLonger(role.service, role.load, people, lane?.sla ?? 3600))} over{' '}
                      {formatDuration(lane?.sla ?? 3600)}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      <p className="spread">
        <span>
          Lead time:{' '}
          {lead === null ? 'not judged, facts are missing' : Number.isFinite(lead) ? formatDuration(lead) : 'never ends'}
        </span>
        <span>
          Clicks and keys:{' '}
          {keyed === null ? 'not given' : `${formatDuration(keyed.least)} to ${formatDuration(keyed.most)} per case`}
        </span>
      </p>
    </>
  )
}

/** Sum over steps of visits × (wait + work); null where a fact is missing. Branches at the same time count each. */
function leadOf(workflow: Workflow, side: WorkflowSide): number | null {
  const view = viewOf(workflow[side])
  const times = timesOf(view, scenarioOn(workflow, side), null)
  const steps = view.steps.map((at) => times.steps[at])
  const known = steps.flatMap((step) =>
    step && step.visits !== null && step.queue !== null && step.batch !== null
      ? [{ visits: step.visits, wait: (step.delay ?? 0) + step.batch + step.queue, work: step.touch ?? 0 }]
      : [],
  )
  return known.length === 0 || known.length < steps.length ? null : networkLead(known)
}

function keyedSeconds(workflow: Workflow, side: WorkflowSide): { readonly least: number; readonly most: number } | null {
  const view = viewOf(workflow[side])
  let least = 0
  let most = 0
  let any = false
  for (const at of view.steps) {
    const node = view.nodes[at]
    const seconds = node ? klmSeconds(node) : null
    const visits = view.visits?.[at] ?? 0
    if (seconds === null) continue
    any = true
    least += visits * seconds.least
    most += visits * seconds.most
  }
  return any ? { least, most } : null
}
