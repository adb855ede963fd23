/** V8, the hazard log: every act is the one that the ledger names, follows from the one before, and closes or accepts only what may be. */
import { digestOf } from '../../canonical.ts'
import { paths } from '../format/documents.ts'
import type { Hazard, HazardAct } from '../format/hazard-acts.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { changedText } from '../format/sealed-text.ts'
import { projectAsOf } from '../hazards/as-of.ts'
import { acceptFault } from '../hazards/hazard-acts.ts'
import { sourceStanding } from '../hazards/hazard-evidence.ts'
import { settledHazardOf, settlingStatement } from '../hazards/hazard-signature.ts'
import { hazardActs, hazardEntry, stateOf } from '../hazards/log/hazard-log.ts'
import { textsOf } from '../hazards/log/hazard-texts.ts'
import { followsFromLog, safetyPageOf, safetySigned } from '../hazards/safety-page.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { entriesAside } from '../sample/settlements.ts'
import { currentRun } from '../signing/signature.ts'

/** What does not stand in the log, in words, with the object that the ledger names; null where everything does. */
export function hazardFault(project: Project): { readonly why: string; readonly object: string | null } | null {
  const acts = hazardActs(project)
  if (!acts) return { why: `${paths.hazards} can not be read.`, object: null }
  const text = changedText(project, paths.hazardTexts)
  if (text !== null) return { why: `${paths.hazardTexts} holds under ${text} another text than was written.`, object: null }
  const prefix = `${paths.hazards}#`
  const named = new Map(project.ledger.flatMap((entry) => (entry.object.startsWith(prefix) ? [[entry.object, entry]] : [])))
  const aside = new Set(entriesAside(project).map(({ object, digest }) => `${object} ${digest ?? ''}`))
  const states = new Map<string, Set<string>>()
  const held = new Set<string>()
  for (const act of acts) states.set(act.after.id, (states.get(act.after.id) ?? new Set<string>()).add(digestOfHazard(act.after)))
  for (const act of acts) {
    const { object, digest, action } = hazardEntry(act)
    if (held.has(object)) return { why: `${object} stands twice in its file.`, object }
    held.add(object)
    const entry = named.get(object)
    if (!entry && aside.has(`${object} ${digest ?? ''}`)) continue
    if (entry?.digest !== digest || entry.action !== action)
      return { why: `${object} is not what the ledger names: it was changed or added outside.`, object }
    const why = actFault(project, act, entry, states.get(act.after.id) ?? new Set())
    if (why !== null) return { why: `${object} ${why}.`, object }
  }
  const lost = [...named.keys()].find((object) => !held.has(object))
  if (lost !== undefined) return { why: `${lost} is missing from its file.`, object: lost }
  const page = project.ledger.findIndex(
    (entry, at) => entry.action === safetySigned && !followsFromLog(project, project.ledger, at),
  )
  return page < 0
    ? null
    : { why: 'The page of the safety officer does not follow from the hazard log as it was signed.', object: paths.hazards }
}

function digestOfHazard(hazard: Hazard): string {
  return digestOf(jsonOf(hazard))
}

/** As the rest of a sentence. */
function actFault(project: Project, act: HazardAct, entry: LedgerEntry, states: ReadonlySet<string>): string | null {
  const { action, before, after, by, at } = act
  if (by !== entry.actor || at !== entry.time.wall) return 'says another person or another time than the ledger'
  const texts = textsOf(project, after)
  if (texts && (texts.controls !== '') !== after.hasControls) return 'says otherwise than its texts whether it has controls'
  if ((before === null) !== (action === 'hazard-added')) return 'does not say what was there before'
  if (before && (before.id !== after.id || !states.has(digestOfHazard(before)))) return 'starts from a state that nobody recorded'
  if (before && digestOf(jsonOf(before.from)) !== digestOf(jsonOf(after.from))) return 'changes where the hazard came from'
  if (action === 'hazard-added' || action === 'hazard-changed')
    return after.status === stateOf(after) ? null : `calls the hazard ${after.status} without the act for it`
  const status = action === 'hazard-accepted' ? 'accepted' : 'closed'
  if (!before || digestOfHazard({ ...before, status }) !== digestOfHazard(after)) return 'changes more than it says'
  if (settledHazardOf(entry)?.statement !== settlingStatement(act)) return 'is signed with another statement, or not at all'
  if (action === 'hazard-accepted') {
    const why = acceptFault(before)
    return why === null ? null : `accepts what can not be accepted: ${why}`
  }
  return closeFault(project, act, before, entry)
}

function closeFault(project: Project, { evidence }: HazardAct, before: Hazard, entry: LedgerEntry): string | null {
  if (evidence?.page) {
    const page = project.ledger.slice(0, project.ledger.indexOf(entry)).find(({ hash }) => hash === evidence.page)
    const covers =
      page && safetyPageOf(page)?.hazards.some(({ id, digest }) => id === before.id && digest === digestOfHazard(before))
    return covers && before.status === 'accepted' ? null : 'rests on a signature that does not accept its risk'
  }
  if (evidence?.run == null) return 'rests on nothing'
  if (before.from.kind === 'named') return 'rests on a run, which shows nothing about what a person named'
  const then = projectAsOf(project, settledHazardOf(entry)?.seen ?? [])
  const run = currentRun(then)
  if (run?.number !== evidence.run) return `rests on run #${evidence.run}, which was not the last one that was there`
  const { standing, why } = sourceStanding(then, before.from)
  return standing === 'gone'
    ? null
    : `rests on run #${evidence.run}, which does not show that it is gone: ${why.replace(/\.$/, '')}`
}
