/**
 * Two states of one project as one: ledgers, verdicts, keys, runs and acceptances are unions, so nothing that somebody recorded or signed
 * is lost. What the ledger names by digest (plan, list of records, sample) is the one it named last; other documents stay as they are here.
 */

import { digestOf, digestOfBytes, utf8 } from '../../canonical.ts'
import { boardLogPath, mergedBoardLog } from '../../readiness/log/board-log.ts'
import { calibrationEvent, compareCalibration } from '../../review/decision/calibration.ts'
import { compareEvents, type ReviewEvent, reviewEvent } from '../../review/model/review-event.ts'
import { joinedMembers } from '../../values/joined-members.ts'
import { isMembers, type Members, parseJson } from '../../values/json.ts'
import { joinedTalk } from '../../workflow/together/talk.ts'
import { refuse } from '../acts/refusal.ts'
import { joinedSettlements, withSettlements } from '../copies/fork-settlement.ts'
import { paths } from '../format/documents.ts'
import { joinedLines, unreadIn, withLines } from '../format/line-file.ts'
import type { Project, ReviewDocuments } from '../format/project.ts'
import { jsonOf, saveProject } from '../format/save.ts'
import { joinedHazards } from '../hazards/log/hazard-log.ts'
import { ledgerLine } from '../ledger/entry-hash.ts'
import { type LedgerEntry, ledgerEntry } from '../ledger/ledger.ts'
import { readLedger } from '../ledger/ledger-file.ts'
import { type Fork, forksIn, ledgerUnion } from '../ledger/ledger-union.ts'
import { joinedAudits } from '../review/chart-audit-check.ts'
import { sampleNamedAt } from '../sample/draw-events.ts'
import { entriesAside, verdictsAside } from '../sample/settlements.ts'
import { trapsDigest } from '../sample/trap-list.ts'
import { joinedWorklist } from '../sample/worklist-file.ts'
import { headList, headsIn, joinedHeads } from '../signing/signed-heads.ts'
import { ledgerTrouble } from '../verify/ledger-trouble.ts'
import { type JoinedMap, type JoinedMaps, joinedMaps, pathsOfMap, withoutMapLogs } from './joined-maps.ts'

export type MergeOutcome =
  | {
      readonly ok: true
      readonly project: Project
      /** What came from the other side. */
      readonly added: { readonly entries: number; readonly verdicts: number; readonly signatures: number }
      /** Devices whose chains part: somebody went on from an old copy. Nobody signs before that is settled. */
      readonly forks: readonly Fork[]
      /** Documents that differ and stayed as they are here. */
      readonly keptHere: readonly string[]
      /** Shared maps, in which what both sides drew is joined. */
      readonly maps: readonly JoinedMap[]
    }
  | { readonly ok: false; readonly problem: string }

export function mergeProjects(here: Project, other: Project): MergeOutcome {
  if (here.manifest.id !== other.manifest.id) return refuse('These are two different projects; only states of one can be merged.')
  if (here.readOnly !== null) return refuse(here.readOnly)
  // A fork inside the other ledger was shown where it arose; anything else that does not stand must not come in.
  const trouble = forksIn(other.ledger).length > 0 ? null : ledgerTrouble(other.ledger)
  if (trouble) return refuse(`Nothing was merged: the ledger that came in does not hold. ${trouble}`)
  const salts = [here, other].map((project) => saltText(project)).filter((salt) => salt !== null)
  if (new Set(salts).size > 1)
    return refuse(
      'Nothing was merged: the two name their records with different salts, so no record of one is known to the other.',
    )
  // What either side put aside is there as well: settling is decided over everything that is known.
  const ledger = ledgerUnion(here.ledger, other.ledger, entriesAside(here), entriesAside(other))
  const known = new Set(here.ledger.map(({ hash }) => hash))
  const fresh = ledger.filter(({ hash }) => !known.has(hash))
  const events = eventUnion([...here.review.events, ...verdictsAside(here)], [...other.review.events, ...verdictsAside(other)])
  const drawn = joinedMaps(here, other)
  const joined: Project = {
    ...here,
    workflows: drawn.workflows,
    ledger,
    review: { ...reviewOf(here.review, other.review, ledger), events, ...calibrationUnion(here.review, other.review) },
    heads: headList(
      joinedHeads(headsIn(here), headsIn(other), [...ledger, ...quarantinedEntries(here), ...quarantinedEntries(other)]),
    ),
    keys: byId([...here.keys, ...other.keys]).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    runs: byId([...here.runs, ...other.runs]).toSorted((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1)),
    baseline: unionBy(namedFirst([...here.baseline, ...other.baseline], ledger), ({ fingerprint }) => fingerprint),
    unread: unreadUnion(here, other),
    private: privateUnion(here, other, ledger),
    other: otherUnion(here, other, ledger, drawn),
  }
  const project = withSettlements(joined, joinedSettlements(here, other))
  return {
    ok: true,
    project,
    added: {
      entries: fresh.length,
      verdicts: Math.max(0, project.review.events.length - here.review.events.length),
      signatures: fresh.filter(({ action }) => action === 'signed').length,
    },
    forks: forksIn(project.ledger),
    keptHere: [...differing(here, other, drawn), ...differingPrivate(project, other)],
    maps: drawn.maps,
  }
}

/** By content: two devices never write the same event, and one event is the same everywhere. */
function eventUnion(a: readonly ReviewEvent[], b: readonly ReviewEvent[]): readonly ReviewEvent[] {
  return unionBy([...a, ...b], (event) => `${event.id} ${digestOf(jsonOf(event))}`).toSorted(
    (x, y) => compareEvents(x, y) || (digestOf(jsonOf(x)) < digestOf(jsonOf(y)) ? -1 : 1),
  )
}

/** What both sides know of prepared records; the member stays away where neither has it. */
function calibrationUnion(here: ReviewDocuments, other: ReviewDocuments): Pick<ReviewDocuments, 'calibration'> {
  const all = unionBy([...(here.calibration ?? []), ...(other.calibration ?? [])], (event) => digestOf(jsonOf(event)))
  if (all.length === 0) return {}
  return { calibration: all.length === here.calibration?.length ? here.calibration : all.toSorted(compareCalibration) }
}

/** What a newer version wrote on either side. A line of the other ledger that is no entry proves nothing and stays there. */
function unreadUnion({ unread: here }: Project, { unread: other }: Project): Project['unread'] {
  const all = new Map(here)
  for (const path of [paths.verdicts, paths.calibration]) {
    const lines = joinedLines(here.get(path) ?? [], other.get(path) ?? [])
    if (lines.length > 0) all.set(path, lines)
  }
  return all
}

/** Files of lines among those that were put aside, with what this version can read of them. */
const linesAside = [
  [paths.givenUpVerdicts, reviewEvent],
  [paths.givenUpCalibration, calibrationEvent],
] as const

/** The documents that the ledger names last; where neither side holds them, those of this side. */
function reviewOf(
  here: ReviewDocuments,
  other: ReviewDocuments,
  ledger: readonly LedgerEntry[],
): Omit<ReviewDocuments, 'events'> {
  const last = (action: string): number => ledger.findLastIndex((entry) => entry.action === action)
  const locked = last('plan-locked')
  if (last('plan-reopened') > locked) return { plan: null, frame: null, draw: null }
  const named = <T>(at: number, digest: (value: T) => string, candidates: readonly (T | null)[]): T | null =>
    candidates.find((each) => each !== null && digest(each) === ledger[at]?.digest) ??
    candidates.find((each) => each !== null) ??
    null
  const drawn = last('sample-drawn')
  return {
    plan: named(locked, (plan) => digestOf(jsonOf(plan)), [here.plan, other.plan]),
    frame: named(last('frame-committed'), (frame) => digestOfBytes(utf8(frame)), [here.frame, other.frame]),
    draw: drawn > locked ? named(sampleNamedAt(ledger), (draw) => digestOf(jsonOf(draw)), [here.draw, other.draw]) : null,
    traps:
      last('traps-revealed') > drawn
        ? named(last('traps-revealed'), trapsDigest, [here.traps ?? null, other.traps ?? null])
        : null,
  }
}

/** Of two acceptances of one finding the one that the ledger names last stands; what was withdrawn last is in neither copy any more. */
function namedFirst(accepted: Project['baseline'], ledger: readonly LedgerEntry[]): Project['baseline'] {
  const acts = new Set(['finding-accepted', 'finding-assigned', 'acceptance-withdrawn'])
  const last = new Map(ledger.flatMap(({ action, object, digest }) => (acts.has(action) ? [[object, { action, digest }]] : [])))
  const isGone = (each: Project['baseline'][number]): boolean => {
    const act = last.get(each.fingerprint)
    return act?.digest === null && act.action !== 'finding-accepted'
  }
  return accepted.filter((each) => !isGone(each)).toSorted((a, b) => Number(isLast(b)) - Number(isLast(a)))

  function isLast(each: Project['baseline'][number]): boolean {
    return last.get(each.fingerprint)?.digest === digestOf(jsonOf(each))
  }
}

function byId<T extends { readonly id: string }>(list: readonly T[]): readonly T[] {
  return unionBy(list, ({ id }) => id)
}

function unionBy<T>(list: readonly T[], nameOf: (item: T) => string): readonly T[] {
  const known = new Map<string, T>()
  for (const item of list) if (!known.has(nameOf(item))) known.set(nameOf(item), item)
  return [...known.values()]
}

/** Worklist and hazard log are unions like the verdicts they rest on, what happened on the board a list that only grows; any other file stays as it is here. */
function otherUnion(here: Project, other: Project, ledger: readonly LedgerEntry[], { logs }: JoinedMaps): Project['other'] {
  const files = new Map([...withoutMapLogs(other.other), ...here.other, ...logs])
  const log = mergedBoardLog(here.other.get(boardLogPath), other.other.get(boardLogPath))
  if (log) files.set(boardLogPath, log)
  const worklist = joinedWorklist(here, other)
  if (worklist) files.set(paths.worklist, worklist)
  const audits = joinedAudits(here, other, ledger)
  if (audits) files.set(paths.chartAudits, audits)
  const hazards = joinedHazards(here, other)
  if (hazards) files.set(paths.hazards, hazards)
  for (const [path, schema] of linesAside) {
    const mine = here.other.get(path)
    if (mine) files.set(path, withLines(mine, unreadIn(other.other.get(path), schema)))
  }
  // What was held back and accepted since is no longer held back.
  const known = new Set(ledger.map(({ hash }) => hash))
  const all = ledgerUnion(quarantinedEntries(here), quarantinedEntries(other))
  const held = all.filter(({ hash }) => !known.has(hash))
  const unread = unreadIn(here.other.get(paths.quarantined), ledgerEntry)
  if (held.length > 0 || unread.length > 0) files.set(paths.quarantined, withLines(utf8(held.map(ledgerLine).join('')), unread))
  else if (all.length > 0) files.delete(paths.quarantined)
  return files
}

function quarantinedEntries({ other }: Pick<Project, 'other'>): readonly LedgerEntry[] {
  const bytes = other.get(paths.quarantined)
  return bytes ? readLedger(new TextDecoder().decode(bytes)).entries : []
}

/** Private documents that are chosen anew as a whole, with the action that names them. */
const chosenAnew: readonly (readonly [path: string, action: string])[] = [
  [paths.golden, 'golden-chosen'],
  [paths.hiddenTraps, 'traps-seeded'],
  [paths.prepared, 'calibration-prepared'],
]

/** Lists by name, which are joined. */
const joinedPrivate: readonly string[] = [paths.roster, paths.comments, paths.hazardTexts]

/** Roster, comments, talk and texts of hazards are joined; what is chosen anew is that of the last choice; any other private file stays as it is here. */
function privateUnion(
  { private: here, ledger: known }: Project,
  { private: other, ledger: theirs }: Project,
  ledger: readonly LedgerEntry[],
): Project['private'] {
  const files = new Map([...other, ...here])
  for (const [path, action] of chosenAnew) {
    const last = ledger.findLast((entry) => entry.action === action)?.hash
    const chosen = other.get(path)
    const isTheirs = theirs.some(({ hash }) => hash === last) && !known.some(({ hash }) => hash === last)
    if (isTheirs && chosen) files.set(path, chosen)
  }
  for (const path of joinedPrivate) {
    const [mine, theirs] = [members(here.get(path)), members(other.get(path))]
    if (!mine || !theirs) continue
    const joined = joinedMembers(mine, theirs)
    if (digestOf(joined) !== digestOf(mine)) files.set(path, utf8(`${JSON.stringify(joined, null, 2)}\n`))
  }
  const [talk, given] = [here.get(paths.talk), other.get(paths.talk)]
  if (talk && given) files.set(paths.talk, joinedTalk(talk, given))
  return files
}

function members(bytes: Uint8Array | undefined): Members | null {
  if (!bytes) return null
  const read = parseJson(new TextDecoder().decode(bytes))
  return read.ok && isMembers(read.value) ? read.value : null
}

function saltText(project: Project): string | null {
  const salt = members(project.private.get(paths.salt))?.salt
  return typeof salt === 'string' ? salt : null
}

/** Documents outside the unions that both sides have and that are not the same. */
function differing(here: Project, other: Project, { maps }: JoinedMaps): readonly string[] {
  const theirs = saveProject(other)
  const drawn = new Set(maps.flatMap(({ id }) => pathsOfMap(id)))
  return [...saveProject(here)].flatMap(([path, bytes]) => {
    const joined =
      drawn.has(path) ||
      /^(?:ledger(?:\.jsonl|-heads\.json)|readiness\/history\.jsonl|review\/|keys\/|runs\/|private\/|baseline\.json|\.gitignore)/.test(
        path,
      )
    const incoming = theirs.get(path)
    const same = incoming?.length === bytes.length && incoming.every((byte, index) => byte === bytes[index])
    return joined || !incoming || same ? [] : [path]
  })
}

/** Private documents of the other side that are not what stands here now; lists by name were joined. */
function differingPrivate(here: Project, other: Project): readonly string[] {
  return [...other.private].flatMap(([path, bytes]) => {
    const mine = here.private.get(path)
    const same = mine?.length === bytes.length && mine.every((byte, index) => byte === bytes[index])
    return joinedPrivate.includes(path) || path === paths.talk || same ? [] : [path]
  })
}
