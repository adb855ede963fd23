/** How the person who works here left the open project, so that the next visit says what others changed. Kept in this browser alone. */
import { create } from 'zustand'
import { unnamed } from '../../core/project/ledger/actor-slug.ts'
import {
  carriedOn,
  changedMeanwhile,
  changesSince,
  type Visit,
  visitDocument,
  visitOf,
} from '../../core/project/reports/changes-since.ts'
import { fits, map } from '../../core/values/document.ts'
import { parseJson } from '../../core/values/json.ts'
import { browserStore } from './browser-store.ts'
import { deviceNames, isThisDevice, setEarlierDevices } from './device.ts'
import { visitSetting } from './draft-setting.ts'
import { actorSlug, wallNow } from './ledger.ts'
import { useWorkspace, workspace } from './state.ts'

/** By slug of the person: several people may use one browser. */
const visitsDocument = map(visitDocument)

interface Open {
  readonly project: string
  readonly actor: string
  readonly visit: Visit
  /** Nobody of this name was here before, in this browser. */
  readonly isFirst: boolean
  /** Documents that others changed, by name. */
  readonly others: ReadonlySet<string>
}

export const useVisit = create<{ readonly open: Open | null }>()(() => ({ open: null }))

/** How long nothing must have changed before the visit is kept. */
const quietMilliseconds = 1500

/** A project was opened, or somebody else sat down: brings what is kept of their last visit. */
export async function beginVisit(): Promise<void> {
  const id = workspace().project?.manifest.id
  const actor = actorSlug()
  if (id === undefined) return
  const visits = new Map(Object.entries(await readVisits(id)))
  // Who was here before they gave a name was here all the same.
  const kept = visits.get(actor) ?? visits.get(unnamed)
  const { project } = workspace()
  if (project?.manifest.id !== id || actorSlug() !== actor) return
  setEarlierDevices(kept?.here ?? [])
  const visit = kept ?? visitOf(project, wallNow())
  useVisit.setState({ open: { project: id, actor, visit, isFirst: !kept, others: changedMeanwhile(visit, project) } })
  await keepVisit()
}

/** Follows what happens while a project is open, for as long as the app runs. */
export function startVisits(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  useWorkspace.subscribe((now, before) => {
    if (now.project === null && before.project !== null) useVisit.setState({ open: null })
    if (now.project === null) return
    if (now.person?.name !== before.person?.name) void beginVisit()
    else if (now.project !== before.project) {
      clearTimeout(timer)
      timer = setTimeout(() => void keepVisit(), quietMilliseconds)
    }
  })
  // A project is opened without a page, too.
  if (typeof document === 'undefined') return
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void keepVisit()
  })
}

/** Documents of the open project that came from somebody else just now. */
export function noteFromOthers(names: readonly string[]): void {
  const { open } = useVisit.getState()
  if (open && names.length > 0) useVisit.setState({ open: { ...open, others: new Set([...open.others, ...names]) } })
}

/** Everything that is here counts as seen. */
export async function markSeen(): Promise<void> {
  const { open } = useVisit.getState()
  const { project } = workspace()
  if (!open || project?.manifest.id !== open.project) return
  const visit = visitOf(project, wallNow())
  // What is said to be seen is kept as seen: a reload tells the same.
  await writeVisit(open.project, open.actor, visit).catch(() => undefined)
  const [now, kept] = [useVisit.getState().open, workspace().project]
  if (kept && now?.project === open.project && now.actor === open.actor)
    useVisit.setState({ open: { ...open, visit, isFirst: false, others: changedMeanwhile(visit, kept) } })
}

async function keepVisit(): Promise<void> {
  const { open } = useVisit.getState()
  const { project } = workspace()
  if (!open || project?.manifest.id !== open.project) return
  const carried = carriedOn(open.visit, project, open.others)
  // With nothing left to tell, the visit goes on until now.
  const own = { isHere: isThisDevice, actor: open.actor }
  const visit = changesSince(carried, project, own).length === 0 ? visitOf(project, wallNow()) : carried
  // A visit that can not be kept is told again next time: nothing is lost.
  await writeVisit(open.project, open.actor, visit).catch(() => undefined)
}

async function readVisits(project: string): Promise<Readonly<Record<string, Visit>>> {
  const text = await browserStore()
    .then((store) => store.setting(visitSetting(project)))
    .catch(() => null)
  const read = parseJson(text ?? '')
  return read.ok && fits(read.value, visitsDocument) ? read.value : {}
}

async function writeVisit(project: string, actor: string, visit: Visit): Promise<void> {
  const visits = { ...(await readVisits(project)), [actor]: { ...visit, here: deviceNames() } }
  // Erased or left meanwhile: nothing of it may come back.
  if (useVisit.getState().open?.project !== project) return
  await (await browserStore()).keepSetting(visitSetting(project), JSON.stringify(visits))
}
