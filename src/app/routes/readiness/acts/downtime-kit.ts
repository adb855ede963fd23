/** Makes the downtime kit of the open project and keeps what it was made from. */
import { refuse } from '../../../../core/project/acts/refusal.ts'
import { withKit } from '../../../../core/readiness/downtime/kit-record.ts'
import { actOrSay } from '../../../session/act.ts'
import { setWorkspace } from '../../../session/state.ts'

export async function makeDowntimeKit(): Promise<void> {
  const isKept = await actOrSay((project, by) => {
    const made = withKit(project, by.wall.slice(0, 10), by)
    return made ? { ok: true, project: made } : refuse('The roster names no department. Add the roster, then make the kit.')
  })
  if (isKept) setWorkspace({ problem: null, done: 'The downtime kit is made. Print it for every department.' })
}
