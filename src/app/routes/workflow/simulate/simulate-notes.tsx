/** What stands in the way of a run, what never catches up, and what the run could not use as drawn. */

import { sides, type Workflow, type WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import type { Obstacle } from '../../../../core/workflow/simulation/obstacles.ts'
import { refOf } from '../../../canvas/node-ref.ts'
import { formatPercent } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { compareHref } from '../editor/start.ts'
import { type Pair, roleName, sideWords } from './simulate-view.ts'

/** Why “Run simulation” is switched off, each reason with a way to its step. */
export function Obstacles({
  workflow,
  obstacles,
}: {
  readonly workflow: Workflow
  readonly obstacles: readonly (Obstacle & { readonly side: WorkflowSide })[]
}) {
  if (obstacles.length === 0) return null
  return (
    <Note mark="error">
      <p>Both maps have to be whole before they can run:</p>
      <ul>
        {obstacles.map(({ side, sentence, nodes: [step] }) => (
          <li key={`${side} ${sentence}`}>
            {sideWords[side]}: {sentence}{' '}
            <a href={step === undefined ? `#/workflow/${workflow.id}/compare` : compareHref(workflow.id, refOf(side, step))}>
              {step === undefined ? 'Open the map' : 'Show the step'}
            </a>
          </li>
        ))}
      </ul>
    </Note>
  )
}

export function Unstable({ workflow, pair }: { readonly workflow: Workflow; readonly pair: Pair }) {
  return sides.map((side) => {
    const { unstable, roles, notes, littleGap } = pair[side]
    const asked = unstable.map((id) => {
      const load = roles.find((role) => role.id === id)?.load ?? Number.POSITIVE_INFINITY
      return `${roleName(workflow, id)} is asked for ${Number.isFinite(load) ? formatPercent(load) : 'more than all'} of their hours`
    })
    if (asked.length === 0 && notes.length === 0 && littleGap <= 1e-6) return null
    return (
      <div key={side}>
        {asked.length > 0 && (
          <Note mark="error">
            {sideWords[side]}: {asked.join('; ')}. The queue never ends, so there is no lead time to show. Add people or hours, or
            let fewer cases come.
          </Note>
        )}
        {notes.map((note) => (
          <Note key={note} mark="info">
            {sideWords[side]}: {note}
          </Note>
        ))}
        {littleGap > 1e-6 && (
          <Note mark="error">
            {sideWords[side]}: the run fails its own check (Little’s law is missed by {formatPercent(littleGap)}). Do not use
            these numbers.
          </Note>
        )}
      </div>
    )
  })
}
