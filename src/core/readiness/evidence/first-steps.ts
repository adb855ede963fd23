/** What every migration begins with, ticked by the state of the project and by nothing else. */
import { counted } from '../../counted.ts'
import { inputChange } from '../../project/format/inputs-changed.ts'
import type { Project } from '../../project/format/project.ts'
import { openedWorkflow } from '../../project/runs/opened-inputs.ts'
import { eventsOfDraw } from '../../project/sample/draw-events.ts'
import { dayText } from '../../values/day.ts'
import { type Graph, isStep, type Workflow } from '../../workflow/map/workflow.ts'
import { traceOf } from '../../workflow/trace/trace.ts'
import { rowsOf } from '../kept-files/counted-rows.ts'
import { goLiveOf } from '../kept-files/go-live.ts'
import { templateMaps } from '../kept-files/template-maps.ts'
import { evidenceRun } from './evidence.ts'

export const beginners = ['Workflow analyst', 'Data team', 'Clinician', 'Project lead'] as const
export type Beginner = (typeof beginners)[number]

export interface FirstStep {
  readonly id: string
  readonly who: Beginner
  readonly title: string
  readonly done: boolean
  /** What the project holds of it, in words; empty where it holds nothing. */
  readonly detail: string
  /** Hash route without `#`. */
  readonly route: string
}

/** In the order in which teams usually take them. Examples and templates count for nothing. */
export function firstSteps(project: Project): readonly FirstStep[] {
  return [...mapSteps(project), ...dataSteps(project), ...reviewSteps(project), ...leadSteps(project)]
}

function mapSteps(project: Project): readonly FirstStep[] {
  const templates = templateMaps(project)
  const own = project.workflows.filter(({ id }) => !templates.has(id)).map((each) => openedWorkflow(each).workflow)
  const examples =
    templates.size === 0
      ? ''
      : `${counted(templates.size, 'map')} of the template: change ${templates.size === 1 ? 'it' : 'them'} to your clinic`
  const drawn = (side: 'current' | 'future'): readonly Workflow[] => own.filter((each) => stepsOf(each[side]) > 0)
  const [now, next] = [drawn('current'), drawn('future')]
  const both = now.filter((each) => next.includes(each))
  const steps = sum(both, ({ current }) => stepsOf(current))
  const open = sum(both, (each) => traceOf(each).untraced.current.length)
  const route = (side: readonly Workflow[]): string => {
    const [first] = side.length > 0 ? side : own
    const id = first?.id ?? [...templates][0]
    return id === undefined ? '/workflow' : `/workflow/${id}/compare`
  }
  return [
    {
      id: 'current-map',
      who: 'Workflow analyst',
      title: 'Draw how the work is done now',
      done: now.length > 0,
      detail: now.length > 0 ? counted(now.length, 'workflow') : examples,
      route: now.length > 0 || templates.size > 0 ? route(now) : '/workflow',
    },
    {
      id: 'future-map',
      who: 'Workflow analyst',
      title: 'Draw how it will be done',
      done: next.length > 0,
      detail: next.length > 0 ? counted(next.length, 'workflow') : '',
      route: route(now),
    },
    {
      id: 'traced',
      who: 'Workflow analyst',
      title: 'Say where each step goes',
      done: steps > 0 && open === 0,
      detail: steps > 0 ? `${steps - open} of ${counted(steps, 'step')}` : '',
      route: route(both),
    },
  ]
}

function dataSteps(project: Project): readonly FirstStep[] {
  const files = (side: 'legacy' | 'target'): number => project.sources.filter((source) => source.side === side).length
  const [old, fresh] = [files('legacy'), files('target')]
  const run = evidenceRun(project, ({ inputs }) => inputs.length > 0)
  const isCurrent = run !== null && inputChange(project.sources, run) === null
  const since =
    run === null ? '' : isCurrent ? `run ${run.number} of ${dayText(run.started)}` : `files changed since run ${run.number}`
  const { legacy, target } = project.manifest
  const step = (id: string, title: string, n: number): FirstStep => ({
    id,
    who: 'Data team',
    title,
    done: n > 0,
    detail: n > 0 ? counted(n, 'file') : '',
    route: '/data/sources',
  })
  return [
    step('legacy-files', `Add files of ${legacy}`, old),
    step('target-files', `Add files of ${target}`, fresh),
    { id: 'checked', who: 'Data team', title: 'Run all checks', done: isCurrent, detail: since, route: '/data/findings' },
  ]
}

function reviewSteps(project: Project): readonly FirstStep[] {
  const { draw } = project.review
  const events = eventsOfDraw(project)
  const records = new Set(events.map(({ record }) => record)).size
  return [
    {
      id: 'sample',
      who: 'Clinician',
      title: 'Draw the records that clinicians read',
      done: draw !== null,
      detail: draw === null ? '' : counted(draw.records.length, 'record'),
      route: '/review/plan',
    },
    {
      id: 'verdict',
      who: 'Clinician',
      title: 'Read the first record',
      done: records > 0,
      detail: records > 0 ? `${counted(records, 'record')} with a verdict` : '',
      route: '/review/records',
    },
  ]
}

function leadSteps(project: Project): readonly FirstStep[] {
  const day = goLiveOf(rowsOf(project, 'milestones') ?? [])
  const risks = rowsOf(project, 'risks')?.length ?? 0
  return [
    {
      id: 'go-live-day',
      who: 'Project lead',
      title: 'Set the day of go-live',
      done: day !== null,
      detail: day === null ? '' : dayText(day),
      route: '/readiness/inputs?kind=milestones',
    },
    {
      id: 'risks',
      who: 'Project lead',
      title: 'Write down what can go wrong',
      done: risks > 0,
      detail: risks > 0 ? counted(risks, 'risk') : '',
      route: '/readiness/inputs?kind=risks',
    },
  ]
}

function stepsOf(graph: Graph): number {
  return [...graph.nodes.values()].filter(isStep).length
}

function sum<T>(list: readonly T[], of: (each: T) => number): number {
  return list.reduce((total, each) => total + of(each), 0)
}
