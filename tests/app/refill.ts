/** A small refill pair for the tests of the screens: written in sketch notation, laid out, traced by hand. */

import { layOut } from '../../src/core/workflow/drawing/layout.ts'
import { apply } from '../../src/core/workflow/edit/edit.ts'
import { readSketch } from '../../src/core/workflow/interop/sketch.ts'
import { emptyWorkflow, type Workflow } from '../../src/core/workflow/map/workflow.ts'

function drawn(): Workflow {
  const current = readSketch(
    'Desk: Take call {phone 3m} -> MD: Sign slip {approve paper 1m wait=18h} -> Desk: Fax to ward {fax 2m}\nMD: Sign slip -0.02 reject-> Desk: Take call',
    'current',
    'refill',
  ).graph
  const future = readSketch(
    'Desk: Refill task {screen 2m} -> MD: Approve in inbox {approve inbox 1m wait=18h}',
    'future',
    'refill',
  ).graph
  let workflow: Workflow = { ...emptyWorkflow('refill', 'Refill'), current, future }
  for (const side of ['current', 'future'] as const)
    workflow = apply(workflow, { kind: 'move-nodes', side, ...layOut(workflow[side]) }).workflow
  return apply(workflow, { kind: 'link', link: { from: ['sign-slip'], to: ['approve-in-inbox'], fate: 'kept' } }).workflow
}

export const refill: Workflow = drawn()
