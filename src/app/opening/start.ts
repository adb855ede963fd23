/** What happens once when the page opens: settings, the self-test of the policy, what the server was started with. */

import { sampleId } from '../../core/project/format/sample-name.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { startSeat } from '../people/seat.ts'
import { browserStore } from '../session/browser-store.ts'
import { newDeviceId, setDevice } from '../session/device.ts'
import { firstWorkers } from '../session/jobs.ts'
import { lastOpened } from '../session/kept-projects.ts'
import { useKnownShapes } from '../session/known-shapes.ts'
import { keepForOffline } from '../session/offline.ts'
import { testPolicy } from '../session/policy.ts'
import { keepSettings, readSettings } from '../session/settings.ts'
import { setWorkspace, workspace } from '../session/state.ts'
import { setSingleKeys } from '../window/keys.ts'
import { openKept, openSample } from './opening.ts'

interface Served {
  readonly connect: readonly string[]
  readonly sample: boolean
  readonly opened: boolean
  /** There is a project, and this browser has not opened the link to it. */
  readonly locked: boolean
  readonly team: boolean
}

let started = false

export async function startWorkspace(): Promise<void> {
  // React runs effects twice in development; the page starts once.
  if (started) return
  started = true
  await takeSettings()
  await startSeat()
  guardLeaving()
  const served = await readServed()
  setWorkspace({ connect: served.connect, onTeamServer: served.team })
  await testPolicy(firstWorkers(), served.connect, (policy) => setWorkspace({ policy }))
  if (served.locked)
    setWorkspace({
      problem: 'carryover serve offers a project, and this browser may not read it yet. Open the link that it printed.',
    })
  const lost = await whatWasLost()
  if (served.opened) await openWhatIsServed()
  else if (served.sample) await openSample()
  else await openAgain()
  if (lost !== null) setWorkspace({ problem: [workspace().problem, lost].filter((each) => each !== null).join(' ') })
  // A host that does not hold the app back is not what is kept.
  if (workspace().policy?.safe) keepForOffline()
}

/** A reload or a copied link shows the same view of the same project. */
async function openAgain(): Promise<void> {
  if (location.hash.replace(/^#?\/?/, '') === '') return
  const id = await lastOpened().catch(() => null)
  if (id === sampleId) await openSample(true)
  else if (id !== null) await openKept(id, true)
}

async function takeSettings(): Promise<void> {
  const {
    device,
    theme = 'system',
    lens = 'everyone',
    person = null,
    singleKeys = true,
    knownShapes = true,
  } = await readSettings().catch(() => ({}) as Awaited<ReturnType<typeof readSettings>>)
  setSingleKeys(singleKeys)
  useKnownShapes.setState({ allowed: knownShapes })
  setDevice(device ?? newDeviceId())
  setWorkspace({ theme, lens, person })
  if (device === undefined) await keepSettings().catch(() => undefined)
}

/** A static host has no such file: then nothing is connected and nothing is opened. */
async function readServed(): Promise<Served> {
  const none: Served = { connect: [], sample: false, opened: false, locked: false, team: false }
  try {
    const answer = await fetch('served.json')
    return answer.ok ? { ...none, ...(await answer.json()) } : none
  } catch {
    return none
  }
}

async function openWhatIsServed(): Promise<void> {
  const { unpackProject } = await import('../../core/project/format/bundle.ts')
  const { openServed } = await import('./open.ts')
  const answer = await fetch('opened.carryover')
  const unpacked = unpackProject(new Uint8Array(await answer.arrayBuffer()))
  if (!unpacked.ok) setWorkspace({ problem: unpacked.problem })
  else await openServed(unpacked.files)
}

/** What the browser has lost since the last visit, and whether it could be restored; said after everything that opening says. */
async function whatWasLost(): Promise<string | null> {
  try {
    const store = await browserStore()
    const emptied = await store.wasEmptied()
    const restored = store.restored()
    if (emptied)
      return 'This browser kept projects here and has removed them all. Open your last saved .carryover file or folder to go on.'
    return restored.length > 0 ? restored.join(' ') : null
  } catch (error) {
    return errorWords(error)
  }
}

/** Leaving while work runs or drafts are unwritten asks once. */
function guardLeaving(): void {
  addEventListener('beforeunload', (event) => {
    const { running, unsaved } = workspace()
    if (running || unsaved > 0) event.preventDefault()
  })
}
