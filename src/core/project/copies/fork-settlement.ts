/**
 * Forks: two continuations of one device's chain, because somebody went on from an old copy. A named person settles it with a reason: one
 * continuation is kept, the other is put aside, whole and readable, and has no effect. `incidents/forks.json` says who and why, the ledger
 * names it; what was put aside stays in `incidents/given-up.jsonl` and `incidents/given-up-verdicts.jsonl`.
 */

import { canonicalJson, digestOf, utf8 } from '../../canonical.ts'
import { calibrationEvent, compareCalibration } from '../../review/decision/calibration.ts'
import { type ReviewEvent, reviewEvent } from '../../review/model/review-event.ts'
import type { Schema } from '../../values/document.ts'
import { type Hand, record, type Step } from '../acts/hand.ts'
import { refuse } from '../acts/refusal.ts'
import { paths } from '../format/documents.ts'
import { unreadIn, withLines } from '../format/line-file.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import type { Settlement } from '../format/settlement.ts'
import { hashOf, ledgerLine } from '../ledger/entry-hash.ts'
import { type LedgerEntry, ledgerEntry } from '../ledger/ledger.ts'
import { type Fork, forksIn, ledgerUnion } from '../ledger/ledger-union.ts'
import {
  calibrationAside,
  entriesAside,
  forkObject,
  forkSettled,
  forksStatedOn,
  rereadingMissing,
  settlementsOf,
  verdictsAside,
} from '../sample/settlements.ts'
import { payloadOf } from '../signing/signature.ts'

/** One continuation of a forked chain. */
export interface Continuation {
  /** Hash of its first entry. */
  readonly first: string
  readonly entries: readonly LedgerEntry[]
}

/** The continuations of a fork, the longer one first. */
export function continuationsOf(ledger: readonly LedgerEntry[], { device, seq }: Fork): readonly Continuation[] {
  const later = ledger.filter((entry) => entry.device === device && entry.seq >= seq)
  const starts = later.filter((entry) => entry.seq === seq)
  return starts
    .map(({ hash }) => ({ first: hash, entries: descendants(later, hash) }))
    .sort((a, b) => b.entries.length - a.entries.length || (a.first < b.first ? -1 : 1))
}

function descendants(entries: readonly LedgerEntry[], first: string): readonly LedgerEntry[] {
  const reached = new Set([first])
  for (const entry of entries.toSorted((a, b) => a.seq - b.seq)) if (reached.has(entry.prev)) reached.add(entry.hash)
  return entries.filter(({ hash }) => reached.has(hash))
}

/** Keeps one continuation; nobody signs before that, and nothing of the other one is lost. */
export function settleFork(project: Project, fork: Fork, kept: string, reason: string, hand: Hand): Step {
  if (hand.actor === 'unnamed') return refuse('Say who settles this: the ledger names a person.')
  if (reason.trim() === '') return refuse('Say why this continuation stands; the reason is kept with the project.')
  if (!forksIn(project.ledger).some(({ device, seq }) => device === fork.device && seq === fork.seq))
    return refuse(`The chain of ${fork.device} has no fork at entry ${fork.seq}.`)
  const continuations = continuationsOf(project.ledger, fork)
  if (!continuations.some(({ first }) => first === kept)) return refuse('That continuation is not one of this fork.')
  const givenUp = continuations.filter(({ first }) => first !== kept).flatMap(({ entries }) => entries.map(({ hash }) => hash))
  const refused = whyNotPutAside(continuations, kept) ?? alone(project, continuations, hand)
  if (refused !== null) return refuse(refused)
  const settlement: Settlement = {
    ...fork,
    kept,
    givenUp: givenUp.sort(),
    by: hand.actor,
    reason: reason.trim(),
    at: hand.wall,
  }
  const all = [...settlementsOf(project), settlement]
  const act = { action: forkSettled, object: forkObject(fork), digest: digestOf(jsonOf(settlement)) }
  // The entry that says so continues the chain that stands.
  return { ok: true, project: record(withSettlements(project, all), [act], hand) }
}

/** A signature is never put aside for a continuation without one, nor a rejection for one without. */
function whyNotPutAside(continuations: readonly Continuation[], kept: string): string | null {
  const signed = (entries: readonly LedgerEntry[], meaning?: string): readonly LedgerEntry[] =>
    entries.filter((entry) => entry.action === 'signed' && (meaning === undefined || payloadOf(entry)?.meaning === meaning))
  const stands = continuations.find(({ first }) => first === kept)?.entries ?? []
  const rest = continuations.filter(({ first }) => first !== kept).flatMap(({ entries }) => entries)
  for (const meaning of [undefined, 'rejection'] as const) {
    const [lost] = signed(stands, meaning).length === 0 ? signed(rest, meaning) : []
    if (lost)
      return `${lost.actor} signed${meaning ? ' a rejection' : ''} in the continuation that would be put aside: a signature is never put aside. Keep that one, and read again what the other holds.`
  }
  return null
}

/** Where roles are granted, nobody settles a fork that he or she went on in. */
function alone({ ledger }: Project, continuations: readonly Continuation[], { actor }: Hand): string | null {
  const own = continuations.some(({ entries }) => entries.some((entry) => entry.actor === actor))
  return own && ledger.some((entry) => entry.action === 'role-granted')
    ? 'You acted in one of these continuations: somebody else with the role of an owner or administrator settles which one stands.'
    : null
}

/**
 * The project with these settlements in force over all entries it holds, standing or aside. The same settlements over the same entries give
 * the same project on every machine; of two that contradict each other the one that the ledger names last stands.
 */
export function withSettlements(project: Project, settlements: readonly Settlement[]): Project {
  if (settlements.length === 0) return project
  let standing = ledgerUnion(project.ledger, entriesAside(project))
  const all = standing
  const inForce = lastNamed(settlements, all)
  for (const settlement of inForce) {
    const fork = continuationsOf(standing, settlement)
    const given = new Set(
      fork.filter(({ first }) => first !== settlement.kept).flatMap(({ entries }) => entries.map(({ hash }) => hash)),
    )
    if (fork.some(({ first }) => first === settlement.kept)) standing = standing.filter(({ hash }) => !given.has(hash))
  }
  const kept = new Set(standing.map(({ hash }) => hash))
  const aside = all.filter(({ hash }) => !kept.has(hash))
  const { events, givenUp } = partedLines(paths.verdicts, [...project.review.events, ...verdictsAside(project)], standing, aside)
  const said = [...(project.review.calibration ?? []), ...calibrationAside(project)]
  const prepared = partedLines(paths.calibration, said, standing, aside)
  const other = new Map(project.other)
  other.set(paths.forks, settlementBytes(settlements))
  // What a newer version put aside there stays, as every line that this one can not read.
  const put = (path: string, written: Uint8Array<ArrayBuffer>, schema: Schema): void => {
    other.set(path, withLines(written, unreadIn(other.get(path), schema)))
  }
  put(paths.givenUp, utf8(aside.map(ledgerLine).join('')), ledgerEntry)
  if (givenUp.length > 0 || other.has(paths.givenUpVerdicts)) put(paths.givenUpVerdicts, lines(givenUp), reviewEvent)
  if (prepared.givenUp.length > 0 || other.has(paths.givenUpCalibration))
    put(paths.givenUpCalibration, lines(prepared.givenUp), calibrationEvent)
  const { calibration: _, ...review } = project.review
  const calibration = said.length > 0 ? { calibration: prepared.events.toSorted(compareCalibration) } : {}
  return { ...project, ledger: standing, review: { ...review, events, ...calibration }, other }
}

function byFork(a: Settlement, b: Settlement): number {
  const [one, two] = [`${forkObject(a)} ${a.at} ${a.kept}`, `${forkObject(b)} ${b.at} ${b.kept}`]
  return one < two ? -1 : one > two ? 1 : 0
}

/** Of several settlements of one fork the last one named; one that is just being made is named by nothing yet. */
function lastNamed(settlements: readonly Settlement[], ledger: readonly LedgerEntry[]): readonly Settlement[] {
  const namedAt = (settlement: Settlement): number => {
    const digest = digestOf(jsonOf(settlement))
    const at = ledger.findLastIndex((entry) => entry.action === forkSettled && entry.digest === digest)
    return at < 0 ? Number.POSITIVE_INFINITY : at
  }
  const last = new Map<string, Settlement>()
  for (const settlement of settlements.toSorted((a, b) => namedAt(a) - namedAt(b) || byFork(a, b)))
    last.set(forkObject(settlement), settlement)
  return [...last.values()].sort((a, b) => a.seq - b.seq || byFork(a, b))
}

/** A verdict, or an answer about a prepared record, stands while an entry that stands names it; both continuations may name the same. */
function partedLines<T extends { readonly id: string }>(
  path: string,
  events: readonly T[],
  standing: readonly LedgerEntry[],
  aside: readonly LedgerEntry[],
): { readonly events: readonly T[]; readonly givenUp: readonly T[] } {
  const named = (entries: readonly LedgerEntry[]): ReadonlySet<string> =>
    new Set(entries.flatMap(({ object: at, digest }) => (at.startsWith(`${path}#`) ? [`${at} ${digest ?? ''}`] : [])))
  const [here, there] = [named(standing), named(aside)]
  const unique = new Map(events.map((event) => [nameOf(path, event), event]))
  const given = (name: string): boolean => there.has(name) && !here.has(name)
  return {
    events: [...unique].flatMap(([name, event]) => (given(name) ? [] : [event])),
    givenUp: [...unique].flatMap(([name, event]) => (given(name) ? [event] : [])),
  }
}

/** Verdicts that one of these entries names as they are. */
export function namedVerdicts(events: readonly ReviewEvent[], entries: readonly LedgerEntry[]): readonly ReviewEvent[] {
  const named = new Set(entries.map(({ object: at, digest }) => `${at} ${digest ?? ''}`))
  return events.filter((event) => named.has(nameOf(paths.verdicts, event)))
}

export function lines(events: readonly object[]): Uint8Array<ArrayBuffer> {
  return utf8(events.map((event) => `${canonicalJson(jsonOf(event))}\n`).join(''))
}

function nameOf(path: string, event: { readonly id: string }): string {
  return `${path}#${event.id} ${digestOf(jsonOf(event))}`
}

/** What does not stand in the settlements: a record that the ledger does not name, or an entry put aside that is changed or missing. */
export function settlementFault(project: Project): { readonly why: string; readonly object: string | null } | null {
  const settlements = settlementsOf(project)
  const aside = new Map(entriesAside(project).map((entry) => [entry.hash, entry]))
  const known = new Set([...project.ledger.map(({ hash }) => hash), ...aside.keys()])
  const digests = new Set(settlements.map((settlement) => digestOf(jsonOf(settlement))))
  const named = project.ledger.filter((entry) => entry.action === forkSettled)
  const lost = named.find(({ digest }) => digest === null || !digests.has(digest))
  if (lost) return { why: `How the fork ${lost.object} was settled is not in the project, or was changed.`, object: lost.object }
  for (const settlement of settlements) {
    const at = forkObject(settlement)
    const digest = digestOf(jsonOf(settlement))
    if (!named.some((entry) => entry.digest === digest))
      return { why: `${at} is settled by nobody that the ledger names.`, object: null }
    const missing = settlement.givenUp.find((hash) => !known.has(hash))
    if (missing) return { why: `An entry put aside when ${at} was settled is missing: ${missing.slice(0, 12)}…`, object: at }
  }
  const putAside = new Set(settlements.flatMap(({ givenUp }) => givenUp))
  for (const entry of aside.values()) {
    if (!putAside.has(entry.hash))
      return {
        why: `Entry ${entry.device}/${entry.seq} lies among those put aside, and no settlement put it there.`,
        object: null,
      }
    if (hashOf(entry) !== entry.hash || !(known.has(entry.prev) || entry.seq === 1))
      return { why: `Entry ${entry.device}/${entry.seq} that was put aside was changed.`, object: null }
  }
  return signedOver(project)
}

/** What somebody saw on a side that was put aside is read again before anybody approves, and every page says what was settled. */
function signedOver(project: Project): { readonly why: string; readonly object: string | null } | null {
  for (const [index, entry] of project.ledger.entries()) {
    const payload = entry.action === 'signed' ? payloadOf(entry) : null
    if (!payload?.forks) continue
    const before = { ...project, ledger: project.ledger.slice(0, index) }
    const page = `The page that ${entry.actor} signed (${entry.device}/${entry.seq})`
    if (digestOf(jsonOf(payload.forks)) !== digestOf(jsonOf(forksStatedOn(project, index, payload.head.devices))))
      return { why: `${page} says of forks what the ledger does not say.`, object: entry.object }
    const missing = payload.meaning === 'rejection' ? null : rereadingMissing(before)
    if (missing) return { why: `${page} came too early: ${missing}`, object: entry.object }
  }
  return null
}

/** Files with those settlements alone that `isNamed` knows. */
export function withNamedSettlements(
  files: Project['other'],
  isNamed: (object: string, digest: string) => boolean,
): Project['other'] {
  if (!files.has(paths.forks)) return files
  const kept = settlementsOf({ other: files }).filter((each) => isNamed(forkObject(each), digestOf(jsonOf(each))))
  return new Map(files).set(paths.forks, settlementBytes(kept))
}

function settlementBytes(settlements: readonly Settlement[]): Uint8Array<ArrayBuffer> {
  return utf8(`${JSON.stringify(settlements.toSorted(byFork), null, 2)}\n`)
}

/** Two states of the incidents as one, for `withSettlements` over the merged entries. */
export function joinedSettlements(here: Project, other: Project): readonly Settlement[] {
  const byContent = new Map([...settlementsOf(other), ...settlementsOf(here)].map((each) => [digestOf(jsonOf(each)), each]))
  return [...byContent.values()]
}
