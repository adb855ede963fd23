/** Training by role: how much of the work of each role nobody taught it, opened to its tasks and to the modules behind each. */

import { useMemo } from 'react'
import { useSearchParams } from 'wouter'
import { counted } from '../../../../core/counted.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { rowsOf } from '../../../../core/readiness/kept-files/counted-rows.ts'
import {
  gapWords,
  isOpenTask,
  peopleWords,
  type RoleTraining,
  type TaskTraining,
  trainingGapOf,
} from '../../../../core/readiness/measures/training-gap.ts'
import type { CountedLine } from '../../../../core/readiness/model/counted-line.ts'
import { gapSentence, perCase } from '../../../../core/readiness/reports/training-report.ts'
import { dayText } from '../../../../core/values/day.ts'
import { EmptyState } from '../../../components/panel.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { wallNow } from '../../../session/ledger.ts'
import { CountedLines } from './counted-lines.tsx'
import { NoFile } from './no-file.tsx'
import styles from './views.module.css'

export function TrainingView({ project }: { readonly project: Project }) {
  const [search] = useSearchParams()
  const today = wallNow().slice(0, 10)
  const gap = useMemo(() => trainingGapOf(project, today), [project, today])
  if (!gap) return <NoFile kind={rowsOf(project, 'roster') ? 'lms' : 'roster'} />
  if (gap.gapPercent === null)
    return (
      <EmptyState title="No step of a person is drawn in a future map">
        <p>The tasks of a role are the steps of its lane in the future maps. Draw one first.</p>
      </EmptyState>
    )
  const chosen = gap.roles.find(({ role }) => role === search.get('role'))
  return (
    <>
      <p className="below prose">
        {gapSentence(gap)} As of {dayText(today)}. A task is taught to a role when somebody of the role completed a module that
        names it. Tasks weigh by how often a case needs them. <a href="#/readiness/reports/training">Open the report</a>
      </p>
      <ScrollRegion label="Gap of training by role" className={`box scroll ${styles.scroll}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Role</th>
              <th scope="col" className="number">
                Gap of work
              </th>
              <th scope="col" className="number">
                Tasks not taught
              </th>
              <th scope="col">First of them</th>
            </tr>
          </thead>
          <tbody>
            {gap.roles.map((each) => (
              <RoleLine key={each.role} each={each} open={each === chosen} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {chosen && <Tasks key={chosen.role} of={chosen} />}
      {gap.strangers > 0 && (
        <p className="muted">
          {counted(gap.strangers, 'completed module')} not counted: the roster has nobody of their staff number.
        </p>
      )}
    </>
  )
}

function RoleLine({ each, open }: { readonly each: RoleTraining; readonly open: boolean }) {
  const { role, tasks, gapPercent, inRoster } = each
  const first = tasks.filter(isOpenTask).slice(0, 2)
  return (
    <tr>
      <th scope="row">
        <a
          href={`#/readiness/views/training${open ? '' : `?role=${encodeURIComponent(role)}`}`}
          aria-current={open ? 'true' : undefined}
        >
          {role}
        </a>
        {!inRoster && <div className="muted">nobody in the roster</div>}
      </th>
      <td className="number">
        <Pill mark={gapPercent === 0 ? 'ok' : 'error'}>{gapWords(gapPercent)}</Pill>
      </td>
      <td className="number">
        {each.open} of {tasks.length}
      </td>
      <td>{first.length === 0 ? 'none' : first.map(({ node }) => node.label).join(', ')}</td>
    </tr>
  )
}

function Tasks({ of: { role, tasks, inRoster } }: { readonly of: RoleTraining }) {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('task')
  const shown = tasks.find((task) => placeOf(task) === asked)
  return (
    <section className={`above-wide ${styles.section}`} aria-labelledby="tasks-of-role">
      <h2 id="tasks-of-role">{role}: tasks, those not taught first</h2>
      <ScrollRegion label={`Tasks of ${role}`} className={`box scroll ${styles.scroll}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Task</th>
              <th scope="col" className="number">
                Per case
              </th>
              <th scope="col">State</th>
              <th scope="col">Completed by</th>
              <th scope="col">Modules</th>
            </tr>
          </thead>
          <tbody>
            {tasks.map((task) => {
              const place = placeOf(task)
              return (
                <tr key={place}>
                  <th scope="row">
                    <a href={`#/workflow/${task.workflow}/compare?step=${encodeURIComponent(task.node.id)}`}>{task.node.label}</a>
                  </th>
                  <td className="number">{perCase(task.visits)}</td>
                  <td>
                    <Pill mark={isOpenTask(task) ? 'error' : 'ok'}>{isOpenTask(task) ? 'not taught' : 'taught'}</Pill>
                  </td>
                  <td>{peopleWords(task, inRoster)}</td>
                  <td>
                    {isOpenTask(task) ? (
                      'none'
                    ) : (
                      <button
                        type="button"
                        className={`line full outlined ${styles.cell}`}
                        aria-expanded={task === shown}
                        onClick={() => setSearch(task === shown ? { role } : { role, task: place }, { replace: true })}
                      >
                        {[...new Set(task.lines.map(({ module_id }) => module_id))].join(', ')}
                      </button>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollRegion>
      <div aria-live="polite">
        {shown && <CountedLines key={asked} title={`Completed modules: ${shown.node.label}`} lines={linesOf(shown, inRoster)} />}
      </div>
    </section>
  )
}

function placeOf({ workflow, node }: TaskTraining): string {
  return `${workflow}/${node.id}`
}

/** Null where the role has people, but too few to list. */
function linesOf({ lines, people }: TaskTraining, inRoster: boolean): readonly CountedLine[] | null {
  if (people === null && inRoster) return null
  return lines.map(({ line, module_id, start, minutes }) => ({
    kind: 'lms',
    line,
    words: `${module_id}, ${dayText(start.text.slice(0, 10))}, ${minutes} min`,
  }))
}
