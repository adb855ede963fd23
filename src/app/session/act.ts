/**
 * The one door to a change of the open project that lasts. Acts run one after the other. Each is held against the roles, enters the ledger with
 * its documents, and is on disk before it counts as done. An act that can not be kept is taken back, so that no page shows it as recorded.
 */

import { type Hand, record, type Step } from '../../core/project/acts/hand.ts'
import { refuse } from '../../core/project/acts/refusal.ts'
import { judgeRoles } from '../../core/project/duties/roles.ts'
import type { Project } from '../../core/project/format/project.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { webVerifier } from '../../io/keys/signature-web.ts'
import { keyThisDevice } from './device-key.ts'
import { keepNow } from './keep.ts'
import { hand, mayRecord, wallNow } from './ledger.ts'
import { differs, partsOf, withoutChange } from './project-parts.ts'
import { openProject, setWorkspace, workspace } from './state.ts'

/** Null when done and kept; otherwise the sentence that says why not. */
export type Refusal = string | null

/** What an act makes of the project; it may be asked again where the project changed while it ran. */
export type Deed = (project: Project, hand: Hand) => Step | Promise<Step>

/** What a gesture makes of it, without waiting for anything. */
export type PlainDeed = (project: Project, hand: Hand) => Step

type Entry = Parameters<typeof record>[1][number]

/** How often an act begins again because something else changed what it changes. */
const mostTurns = 3

let last: Promise<unknown> = Promise.resolve()
let beforeActs: () => void = () => undefined

/** What has to enter the queue before any other act, and is only noted so far. */
export function beforeEveryAct(work: () => void): void {
  beforeActs = work
}

/**
 * Does and keeps an act in the open project and in the name of who works here, both as they are at the call.
 * @param kept is called when the act is on disk, before the next act begins; where it throws, that is said and the act stands
 */
export function act(deed: Deed, kept: () => void = () => undefined): Promise<Refusal> {
  beforeActs()
  const [id, by] = [workspace().project?.manifest.id, hand()]
  return queued(async () => {
    const refusal = await take(deed, id, by)
    if (refusal === null) tell(kept)
    return refusal
  })
}

function tell(kept: () => void): void {
  try {
    kept()
  } catch (error) {
    setWorkspace({ problem: `This was recorded, but the page can not go on from it: ${errorWords(error)} Reload the page.` })
  }
}

/** The same for pages that have no place of their own for a refusal: it is said on top of the page. False where nothing was recorded. */
export async function actOrSay(deed: Deed, kept?: () => void): Promise<boolean> {
  const refusal = await act(deed, kept)
  if (refusal !== null) setWorkspace({ problem: refusal })
  return refusal === null
}

/**
 * For gestures that the next one builds on: done at once, kept in turn, and taken back where that fails. False where it was refused.
 * @param takenBack puts back what the page holds beside the project, where the change could not be kept
 */
export function actAtOnce(deed: PlainDeed, takenBack: () => void = () => undefined): boolean {
  beforeActs()
  const done = doneAtOnce(deed)
  if (!done) return false
  void queued(() => settle({ ...done, takenBack })).then((refusal) => {
    if (refusal !== null) setWorkspace({ problem: refusal })
  })
  return true
}

/**
 * For what is watched or typed and can not be asked for again: where it can not be kept it stays on the page, and the status bar says that
 * it is not kept. It adds nothing to the ledger.
 * @param now false where writing may wait for a pause, as while somebody types
 */
export function draftAtOnce(deed: PlainDeed, now = true): boolean {
  const done = doneAtOnce(deed)
  // A write that fails says so itself.
  if (done && now) void keepNow().catch(() => undefined)
  return done !== null
}

function doneAtOnce(deed: PlainDeed): Omit<Made, 'takenBack'> | null {
  const before = openProject()
  const step = before.readOnly === null ? deed(before, hand()) : refuse(before.readOnly)
  if (!step.ok) {
    setWorkspace({ problem: step.problem })
    return null
  }
  const { project: after } = step
  const added = after.ledger.slice(before.ledger.length)
  return added.every(({ action }) => mayRecord(action)) ? { before, after, moment: apply(partsOf(before, after)) } : null
}

/** Entries in the name of this hand, together with the documents that they are about. */
export function recorded(
  project: Project,
  entries: readonly Entry[],
  by: Hand,
  parts: Partial<Omit<Project, 'ledger'>> = {},
): Step {
  const changed = { ...project, ...parts }
  return { ok: true, project: entries.length === 0 ? changed : record(changed, entries, by) }
}

function queued(work: () => Promise<Refusal>): Promise<Refusal> {
  const next = last.then(work)
  // One that fails does not hold up the next.
  last = next.catch(() => undefined)
  return next
}

const left = 'Not recorded: the project was left before this came to its turn. Open it and do it again.'

async function take(deed: Deed, id: string | undefined, { device, actor }: Hand): Promise<Refusal> {
  // A device gets another name only where a project is opened again.
  const isLeft = (): boolean => workspace().project?.manifest.id !== id || hand().device !== device
  try {
    for (let turn = 0; turn < mostTurns; turn++) {
      if (isLeft()) return left
      await keyThisDevice()
      if (isLeft()) return left
      const before = openProject()
      if (before.readOnly !== null) return before.readOnly
      const step = await deed(before, { device, actor, wall: wallNow() })
      if (!step.ok) return step.problem
      if (!differs(before, step.project)) return null
      const forbidden = await roleMissing(before, step.project, device)
      if (forbidden !== null) return forbidden
      if (isLeft()) return left
      const now = openProject()
      // Nothing can be written any more where another tab took the project over meanwhile.
      if (now.readOnly !== null) return now.readOnly
      if (sameWhereChanged(now, before, step.project))
        return await settle({
          ...{ before, after: step.project, moment: apply(partsOf(before, step.project)) },
          takenBack: () => undefined,
        })
    }
    return 'The project changed meanwhile. Try again.'
  } catch (error) {
    return errorWords(error)
  }
}

/** How things stood when an act was applied. */
interface Moment {
  /** Changes that were not written yet. */
  readonly unsaved: number
  readonly kept: ReturnType<typeof workspace>['kept']
}

/** A change that was applied. */
interface Made {
  readonly before: Project
  readonly after: Project
  readonly moment: Moment
  readonly takenBack: () => void
}

/** Replaces parts of the open project. */
function apply(parts: Partial<Project>): Moment {
  const { unsaved, kept } = workspace()
  setWorkspace({ project: { ...openProject(), ...parts }, unsaved: unsaved + 1 })
  return { unsaved, kept }
}

async function settle(made: Made): Promise<Refusal> {
  const { id } = made.before.manifest
  try {
    await keepNow(id)
    standing = []
    return null
  } catch (error) {
    const why = errorWords(error)
    standing = [...standing.filter((each) => each.before.manifest.id === id), made]
    takeBack()
    if (!standing.includes(made)) return `Not recorded: ${why}`
    // A tab that only reads can not try again, and shows what the writing tab saves next.
    return workspace().project?.readOnly == null
      ? `Not kept: ${why} Later changes rest on it, so it is still shown. Press Ctrl S to try again, or save the project as a file in Settings.`
      : `Not kept: ${why} This tab shows it until the other tab saves. Save the project as a file in Settings to keep it.`
  }
}

/** Acts that could not be kept and not be taken back, because something later rests on them. */
let standing: readonly Made[] = []

/** Takes back what was not kept, the last first, as far as nothing else rests on it. */
function takeBack(): void {
  for (const each of standing.toReversed()) {
    const { before, after, moment } = each
    const { project: now, unsaved, kept } = workspace()
    const back = now?.manifest.id === before.manifest.id ? withoutChange(now, before, after) : {}
    if (back === null) return
    standing = standing.filter((other) => other !== each)
    // Where nothing was written meanwhile, the project is again what is kept, as far as it was before.
    if (now && Object.keys(back).length > 0)
      setWorkspace({
        project: { ...now, ...back },
        unsaved: kept === moment.kept ? Math.max(moment.unsaved, unsaved - 1) : unsaved + 1,
      })
    if (now?.manifest.id === before.manifest.id) each.takenBack()
  }
}

/** Where roles are granted, nothing is recorded that verification would refuse. */
async function roleMissing(before: Project, after: Project, writing: string): Promise<Refusal> {
  if (after.ledger === before.ledger || !before.ledger.some(({ action }) => action === 'role-granted')) return null
  const { refused } = await judgeRoles(after, after.ledger, webVerifier, { writing })
  // By content: what is merged in may stand before entries that are here.
  const known = new Set(before.ledger.map(({ hash }) => hash))
  const [why] = [...refused].flatMap(([index, reason]) => (known.has(after.ledger[index]?.hash ?? '') ? [] : [reason]))
  return why === undefined ? null : `Not recorded: ${why}.`
}

function sameWhereChanged(now: Project, before: Project, after: Project): boolean {
  const changed = Object.keys(partsOf(before, after)) as (keyof Project)[]
  return [...changed, 'ledger' as const].every((part) => now[part] === before[part])
}
