/** Training by role (item 30): the tasks of each role, from the future maps, against the modules that people of the role completed. */

import { counted } from '../../counted.ts'
import { compareText } from '../../finding.ts'
import type { Project } from '../../project/format/project.ts'
import { openedWorkflow } from '../../project/runs/opened-inputs.ts'
import { shareText } from '../../share-text.ts'
import type { Workflow } from '../../workflow/map/workflow.ts'
import { rowsOf } from '../kept-files/counted-rows.ts'
import type { EvidenceOf } from '../model/artifact.ts'
import { percent } from './lines.ts'
import { isDelivered, noRole, plainName, type RoleTask, roleTasks } from './role-tasks.ts'
import { type RosterPeople, rosterPeople } from './roster-people.ts'
import { isHere, leastGroup } from './teams.ts'

type TrainingRow = EvidenceOf['lms']['rows'][number]
type RosterRow = EvidenceOf['roster']['rows'][number]

export interface TaskTraining extends RoleTask {
  /** Completed modules that taught this task to this role; none of them, and the task counts as not taught. */
  readonly lines: readonly TrainingRow[]
  /** People of the role here who completed one of them; null where the role has fewer than five people, who are not counted. */
  readonly people: { readonly taught: number; readonly of: number } | null
}

export interface RoleTraining {
  readonly role: string
  /** The tasks that were not taught first, and of each the frequent ones first. */
  readonly tasks: readonly TaskTraining[]
  readonly open: number
  /** How much of the work of the role was not taught, each task by its visits per case: 0 to 100. */
  readonly gapPercent: number
  /** Whether the roster has anybody of this role; true for steps that stand in no lane. */
  readonly inRoster: boolean
}

export interface TrainingGap {
  /** The widest gap first, then the one with more work not taught. */
  readonly roles: readonly RoleTraining[]
  readonly tasks: readonly TaskTraining[]
  /** Of all work of the future maps: 0 to 100; null where they have no step of a person. */
  readonly gapPercent: number | null
  /** Completed modules that count for nobody, because the roster has no such person. */
  readonly strangers: number
}

/** @param asOf modules and people count as of this day */
export function trainingGap(
  workflows: readonly Workflow[],
  modules: readonly TrainingRow[],
  roster: readonly RosterRow[],
  asOf: string,
): TrainingGap {
  const people = rosterPeople(roster, asOf)
  const delivered = modules.filter((row) => isDelivered(row, asOf))
  const known = delivered.filter(({ person_id }) => people.of(person_id).length > 0)
  const tasks = roleTasks(workflows).map((task): TaskTraining => {
    const names = new Set([task.node.id, task.node.label].map(plainName))
    const lines = known.filter(
      (row) => (row.task_ids ?? []).some((name) => names.has(plainName(name))) && reaches(row, task.role, people),
    )
    return { ...task, lines, people: peopleOf(task.role, lines, roster, asOf) }
  })
  const all = sum(tasks)
  return {
    roles: byRole(tasks, people),
    tasks,
    gapPercent: all === 0 ? null : (100 * sum(tasks.filter(isOpenTask))) / all,
    strangers: delivered.length - known.length,
  }
}

/** As the files of the project say it; null where one of them is not there, can not be read whole, or is an example. */
export function trainingGapOf(project: Pick<Project, 'other' | 'ledger' | 'workflows'>, asOf: string): TrainingGap | null {
  const [modules, roster] = [rowsOf(project, 'lms'), rowsOf(project, 'roster')]
  if (modules === null || roster === null) return null
  return trainingGap(
    project.workflows.map((documents) => openedWorkflow(documents).workflow),
    modules,
    roster,
    asOf,
  )
}

export function isOpenTask({ lines }: TaskTraining): boolean {
  return lines.length === 0
}

/** "12 of 14 people" of the role; small groups are not counted (readiness.md §1 rule 9). */
export function peopleWords({ role, people }: TaskTraining, inRoster: boolean): string {
  if (role === noRole) return 'no role is drawn'
  if (!inRoster) return 'nobody in the roster'
  return people === null ? `fewer than ${leastGroup} people` : `${people.taught} of ${counted(people.of, 'person', 'people')}`
}

/** Share of work as the criterion prints it, one decimal where there is one. */
export function gapWords(gapPercent: number): string {
  return shareText(gapPercent / 100)
}

function byRole(tasks: readonly TaskTraining[], people: RosterPeople): readonly RoleTraining[] {
  const own = new Map<string, TaskTraining[]>()
  for (const task of tasks) {
    const held = own.get(task.role)
    if (held) held.push(task)
    else own.set(task.role, [task])
  }
  return [...own]
    .map(([role, list]): RoleTraining & { readonly untaught: number } => {
      const untaught = sum(list.filter(isOpenTask))
      return {
        role,
        tasks: list.toSorted((a, b) => Number(isOpenTask(b)) - Number(isOpenTask(a)) || b.visits - a.visits),
        open: list.filter(isOpenTask).length,
        gapPercent: percent(untaught, sum(list)),
        inRoster: role === noRole || people.knowsRole(role),
        untaught,
      }
    })
    .toSorted((a, b) => b.gapPercent - a.gapPercent || b.untaught - a.untaught || compareText(a.role, b.role))
    .map(({ untaught: _, ...role }) => role)
}

function sum(tasks: readonly RoleTask[]): number {
  return tasks.reduce((held, { visits }) => held + visits, 0)
}

function peopleOf(
  role: string,
  lines: readonly TrainingRow[],
  roster: readonly RosterRow[],
  asOf: string,
): TaskTraining['people'] {
  const here = new Set(
    roster.filter((row) => isHere(row, asOf) && plainName(row.role) === plainName(role)).map(({ person_id }) => person_id),
  )
  if (here.size < leastGroup) return null
  return { taught: new Set(lines.map(({ person_id }) => person_id).filter((person) => here.has(person))).size, of: here.size }
}

/**
 * Whether a module that somebody completed was for this role: for those it names, else for that of the person. Where the roster has people of the role,
 * one of them has to have taken it.
 */
function reaches(row: TrainingRow, role: string, people: RosterPeople): boolean {
  if (role === noRole) return true
  const intended = row.roles_intended ?? []
  if (intended.length > 0 && !intended.some((each) => plainName(each) === plainName(role))) return false
  return people.hasRole(row.person_id, role) || (intended.length > 0 && !people.knowsRole(role))
}
