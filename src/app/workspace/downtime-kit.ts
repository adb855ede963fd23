/** Makes the downtime kit of the open project and keeps what it was made from. */
import { withKit } from '../../core/readiness/downtime/kit-record.ts'
import { keepNow } from './keep.ts'
import { hand, wallNow } from './ledger.ts'
import { changeProject, openProject, setWorkspace } from './state.ts'

export async function makeDowntimeKit(): Promise<void> {
  const made = withKit(openProject(), wallNow().slice(0, 10), hand())
  if (!made) {
    setWorkspace({ problem: 'The roster names no department. Add the roster, then make the kit.' })
    return
  }
  changeProject({ other: made.other, ledger: made.ledger })
  await keepNow()
  setWorkspace({ problem: null, done: 'The downtime kit is made. Print it for every department.' })
}
