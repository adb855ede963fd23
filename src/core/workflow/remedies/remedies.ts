/** What a finding asks for as changes to the future map: commands that somebody can try on a copy and then take over at once. */

import { apply, type Command } from '../edit/edit.ts'
import { flowOrder } from '../map/graph.ts'
import { isSameRole, scenarioOn } from '../map/scenario-on.ts'
import { classOf, type Lane, type Node, type Workflow } from '../map/workflow.ts'
import type { CompareFinding } from '../survival/compare.ts'
import { staffingOf } from '../times/times.ts'
import { named, type Remedy } from './remedy.ts'
import { delegated, fewRoles } from './remedy-delegation.ts'
import { atOnce, enteredThere } from './remedy-flows.ts'
import { guarded } from './remedy-safety.ts'

/** Who decides that a step is not needed any more; without a name the step stays listed as one that goes nowhere. */
export interface Decision {
  readonly by: string | null
  readonly at: string | null
}

/** Workflow with the remedy; the one given stays as it is. */
export function withRemedy(workflow: Workflow, { command }: Remedy): Workflow {
  return apply(workflow, command).workflow
}

type About = Pick<CompareFinding, 'code' | 'future' | 'lanes'>

/**
 * In the order in which to think of them; empty where no change of the map follows from the finding alone: the sentence
 * of its rule then says what somebody has to decide or find out first.
 */
export function remediesFor(workflow: Workflow, finding: About, decision: Decision): readonly Remedy[] {
  const steps = flowOrder(workflow.future).filter(({ id, type }) => type === 'step' && finding.future.includes(id))
  return offers(workflow, finding, steps, decision)
    .flatMap((remedy) => guarded(workflow, remedy) ?? [])
    .filter(({ command }) => apply(workflow, command).refused === null)
}

function offers(workflow: Workflow, finding: About, steps: readonly Node[], decision: Decision): readonly Remedy[] {
  switch (finding.code) {
    case 'workflow/digitized-approval':
      return steps.map((step) => without(workflow, [step], 'the future workflow does without this approval', decision))
    case 'workflow/approval-chain': {
      const approvals = steps.filter(({ kind }) => kind === 'approve')
      const reason = 'the future workflow does without this approval'
      return approvals.length < 2 ? [] : [without(workflow, approvals.slice(0, -1), reason, decision)]
    }
    case 'workflow/batch-and-wait':
      return steps
        .filter(({ batch }) => batch !== null)
        .map((step) => change(step, `Do ${named([step])} as each case arrives`, { batch: null }))
    case 'workflow/overloaded-role':
    case 'workflow/moved-queue':
      return oneMore(workflow, finding.lanes.future)
    case 'workflow/single-point-of-failure':
      return [...standIns(workflow, finding.lanes.future), ...oneMore(workflow, finding.lanes.future)]
    case 'workflow/re-keying':
      return steps.slice(-1).map((step) => filledIn(step, `Fill in ${named([step])} from the first entry`))
    case 'workflow/print-to-scan':
      return sentAsData(steps)
    case 'workflow/fixed-station-mobile-role':
      return carried(steps.filter(({ place }) => place === 'fixed'))
    case 'workflow/deferred-documentation':
      return enteredThere(workflow, steps)
    case 'workflow/needless-serial':
      return atOnce(workflow, steps)
    case 'workflow/skill-mismatch':
      return steps.flatMap((step) => delegated(workflow, step))
    case 'workflow/inbox-as-paper-tray':
      return steps.map((step) => without(workflow, [step], 'items go by rule to the role that acts on them', decision))
    case 'workflow/shadow-workaround':
      return steps.filter(isList).map((step) => change(step, `Keep ${named([step])} in the system`, { medium: 'screen' }))
    case 'workflow/no-owner':
      return steps.flatMap((step) => owned(workflow, step))
    case 'workflow/unmeasured-wait':
      return steps.map((step) =>
        change(step, `Have a system stamp when ${named([step])} begins and ends`, { measuredBy: 'timestamps of the new system' }),
      )
    case 'workflow/unsourced-step':
      return steps.map((step) => without(workflow, [step], 'the future workflow does without this step', decision))
    default:
      return []
  }
}

function change(step: Node, label: string, facts: Partial<Omit<Node, 'id'>>): Remedy {
  return { label, command: changed(step, facts), asks: [] }
}

function changed({ id }: Node, facts: Partial<Omit<Node, 'id'>>): Command {
  return { kind: 'change-node', side: 'future', id, facts }
}

/** The steps leave, their neighbours are joined, and what was traced to them alone is eliminated with a reason. */
function without(workflow: Workflow, steps: readonly Node[], reason: string, { by, at }: Decision): Remedy {
  const ids = steps.map(({ id }) => id)
  const label = `Do without ${named(steps)}`
  const ended = [...workflow.trace.values()].filter(
    ({ from, to }) => from.length > 0 && to.length > 0 && to.every((id) => ids.includes(id)),
  )
  const commands: Command[] = [{ kind: 'remove-nodes', side: 'future', ids, bridge: true }]
  for (const { from } of ended) commands.push({ kind: 'link', link: { from, to: [], fate: 'eliminated', reason, by, at } })
  return { label, command: { kind: 'together', commands }, asks: [] }
}

/** An interface does it: no hands, no clicks, no wait of its own. */
function filledIn(step: Node, label: string): Remedy {
  const writes = step.writes?.map((write) => ({ ...write, mode: 'auto' as const })) ?? null
  const none = { service: null, wait: null, batch: null, clicks: null, keys: null, screens: null }
  return change(step, label, { ...none, kind: 'do', medium: 'interface', writes })
}

/** Nothing is printed, and what was scanned arrives by itself. */
function sentAsData(steps: readonly Node[]): readonly Remedy[] {
  const printed = steps.filter(({ output }) => output !== null)
  const scanned = steps.filter(({ writes }) => writes?.some(({ mode }) => mode === 'scanned'))
  if (printed.length === 0 || scanned.length === 0) return []
  const commands: Command[] = [
    ...printed.map((step) => changed(step, { output: null })),
    ...scanned.map((step) => filledIn(step, '').command),
  ]
  return [{ label: `Send ${named(printed)} as data to ${named(scanned)}`, command: { kind: 'together', commands }, asks: [] }]
}

function carried(steps: readonly Node[]): readonly Remedy[] {
  if (steps.length === 0) return []
  const commands = steps.map((step) => changed(step, { place: 'mobile' }))
  return [{ label: `Do ${named(steps)} on a device that comes along`, command: { kind: 'together', commands }, asks: [] }]
}

/** A list beside the record that somebody keeps on paper or in a spreadsheet; what is only said has no place to move from. */
function isList({ medium, workaround }: Node): boolean {
  return medium !== null && classOf(medium) === 'physical' && medium !== 'verbal' && medium !== 'phone' && workaround === null
}

/** The role of the step as its one owner; where several are named already, somebody has to choose. */
function owned(workflow: Workflow, step: Node): readonly Remedy[] {
  const lane = step.lane === null ? undefined : workflow.future.lanes.get(step.lane)
  if (!lane || lane.label === '' || step.owner !== null) return []
  return [change(step, `Make ${lane.label} the owner of ${named([step])}`, { owner: lane.label })]
}

/** Roles that have people and no licence that is known to be lower, the nearest licence first; what is not known has to be asked. */
function standIns(workflow: Workflow, id: string | null): readonly Remedy[] {
  const { lanes } = workflow.future
  const lane = id === null ? undefined : lanes.get(id)
  if (!lane) return []
  return [...lanes.values()]
    .filter((other) => other !== lane && (other.licence === null || lane.licence === null || other.licence >= lane.licence))
    .filter((other) => (staffingOf(other, scenarioOn(workflow, 'future')).count ?? 0) > 0)
    .sort((a, b) => (a.licence ?? Number.MAX_VALUE) - (b.licence ?? Number.MAX_VALUE) || a.order - b.order)
    .slice(0, fewRoles)
    .map((other) => ({
      label: `Train ${roleName(other)} to stand in for ${roleName(lane)}`,
      command: {
        kind: 'change-lane',
        side: 'future',
        id: lane.id,
        facts: { substitutes: [...lane.substitutes, other.id].sort() },
      },
      asks: [],
    }))
}

/** One more person in the future map alone: staff that the scenario gives to both maps is written into each map first. */
function oneMore(workflow: Workflow, id: string | null): readonly Remedy[] {
  const lane = id === null ? undefined : workflow.future.lanes.get(id)
  if (!lane) return []
  const { scenario } = workflow
  const onFuture = scenarioOn(workflow, 'future')
  const { count, calendar } = staffingOf(lane, onFuture)
  const given = onFuture?.staff.get(lane.id)
  if (count === null || (given && given.offShift !== 'finish')) return []
  const commands: Command[] = []
  if (scenario && given) {
    const staff = new Map(scenario.staff)
    const before = [...workflow.current.lanes.values()].filter((each) => isSameRole(each, lane))
    for (const { id } of [lane, ...before]) staff.delete(id)
    commands.push({ kind: 'set-scenario', scenario: { ...scenario, staff } })
    for (const each of before) {
      const facts = staffingOf(each, scenarioOn(workflow, 'current'))
      commands.push({
        kind: 'change-lane',
        side: 'current',
        id: each.id,
        facts: { staff: facts.count, calendar: facts.calendar },
      })
    }
  }
  commands.push({ kind: 'change-lane', side: 'future', id: lane.id, facts: { staff: count + 1, calendar } })
  return [{ label: `One more ${roleName(lane)}`, command: { kind: 'together', commands }, asks: [] }]
}

function roleName({ label, id }: Lane): string {
  return label || id
}
