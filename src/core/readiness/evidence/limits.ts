/**
 * The limits a criterion is judged by: its own, or those that a named person set with a reason before its evidence existed. A looser limit set
 * afterwards is a proposal: it is shown with old and new value, decides nothing, and the criterion is at best claimed while it stands.
 */
import { canonicalJson, digestOf } from '../../canonical.ts'
import type { BoardLimit, Project } from '../../project/format/project.ts'
import { jsonOf } from '../../project/format/save.ts'
import { isNameOf } from '../../project/ledger/actor-slug.ts'
import type { LedgerEntry } from '../../project/ledger/ledger.ts'
import { dayText } from '../../values/day.ts'
import { inputFiles } from '../input-files/files.ts'
import { inputActs } from '../kept-files/input-acts.ts'
import type { Artifact, Kind } from '../model/artifact.ts'
import type { Criterion, Thresholds } from '../model/criterion.ts'

export const thresholdSet = 'threshold-set'

/** Limits that allow more the higher they are, and those that ask for more; any change of another one may loosen. */
const higherIsLooser =
  /^(?:most[A-Z]|open|untraced$|without$|left$|void$|clicks$|turned$|elsewhere$|uncovered$|perMille$|graceDays$|coreBudget$|p95Seconds$|windowMinutes$|usersPerSuperUser$)/
const lowerIsLooser = /^(?:least|replications$|parts$|factor$|restDays$|months$|optimizationMonths$)/

/** Whether a limit of this name allows more once it is changed so. */
export function loosens(name: string, from: number | undefined, to: number): boolean {
  if (from === to) return false
  if (from === undefined) return true
  if (higherIsLooser.test(name)) return to > from
  return lowerIsLooser.test(name) ? to < from : true
}

export interface LimitAct {
  readonly from: Thresholds
  readonly to: Thresholds
  readonly by: string
  readonly role: string
  readonly reason: string
  /** RFC 3339, by the ledger. */
  readonly at: string
  /** Names of limits that it loosens without effect; empty where all of it counts. */
  readonly proposed: readonly string[]
}

export interface Limits {
  /** What the criterion is judged by. */
  readonly thresholds: Thresholds
  /** In the order of the ledger. */
  readonly acts: readonly LimitAct[]
  /** True while a looser limit is proposed that does not count. */
  readonly loosened: boolean
  /** What the board prints of it, in words; null where nothing was changed. */
  readonly note: string | null
}

/** `sha256:…` of the thresholds of one criterion as the ledger of early versions names them; its object is the code. */
export function thresholdDigest(thresholds: Thresholds): string {
  return digestOf(jsonOf(thresholds))
}

export function limitDigest(limit: BoardLimit): string {
  return digestOf(jsonOf(limit))
}

export function limitsOf(
  rule: Criterion,
  project: Pick<Project, 'board' | 'ledger' | 'keys'>,
  artifacts: readonly Artifact[],
): Limits {
  const { board, ledger, keys } = project
  const set = Object.hasOwn(board.thresholds, rule.code) ? board.thresholds[rule.code] : undefined
  let judged: Thresholds = rule.thresholds
  let wanted: Thresholds = rule.thresholds
  const acts: LimitAct[] = []
  for (const [at, entry] of ledger.entries()) {
    if (entry.action !== thresholdSet || entry.object !== rule.code) continue
    const act = actOf(rule, board.limits ?? [], set, entry)
    if (act === null) continue
    const isNamed = isNameOf(act.by, entry.actor, keys) && act.reason !== ''
    const isEarly = rule.severity !== 'critical' && !hadEvidence(rule.needs, ledger.slice(0, at), artifacts, entry.time.wall)
    const proposed: string[] = []
    const next: Record<string, number> = { ...judged }
    for (const name of Object.keys(rule.thresholds)) {
      const to = act.to[name] ?? rule.thresholds[name] ?? 0
      const isLooser = loosens(name, judged[name], to)
      // Back to what the criterion asks for by itself loosens nothing.
      if (!isLooser || (isNamed && isEarly) || to === rule.thresholds[name]) next[name] = to
      else proposed.push(name)
    }
    acts.push({ ...act, from: wanted, at: entry.time.wall, proposed })
    judged = next
    wanted = act.to
  }
  const outside = !same(wanted, { ...rule.thresholds, ...set })
  const last = acts.at(-1)
  const loosened = (last?.proposed.length ?? 0) > 0
  return { thresholds: judged, acts, loosened: loosened || outside, note: noteOf(acts, outside) }
}

/** Early versions named the limits alone; nobody knows a reason for those. */
function actOf(
  rule: Criterion,
  limits: readonly BoardLimit[],
  set: Thresholds | undefined,
  { digest, actor }: LedgerEntry,
): Pick<LimitAct, 'to' | 'by' | 'role' | 'reason'> | null {
  const limit = limits.find((each) => each.criterion === rule.code && limitDigest(each) === digest)
  if (limit)
    return { to: { ...rule.thresholds, ...limit.to }, by: limit.by.trim(), role: limit.role, reason: limit.reason.trim() }
  const known = [set, rule.thresholds].find((each) => each !== undefined && thresholdDigest(each) === digest)
  return known ? { to: { ...rule.thresholds, ...known }, by: actor, role: '', reason: '' } : null
}

const review: ReadonlySet<string> = new Set(['plan-locked', 'sample-drawn', 'verdict', 'signed'])

/** Whether anything that the criterion rests on was there by then: an entry names it, or its date lies before. */
function hadEvidence(
  needs: readonly Kind[],
  before: readonly LedgerEntry[],
  artifacts: readonly Artifact[],
  wall: string,
): boolean {
  if (artifacts.some(({ date }) => date !== null && Date.parse(date) < Date.parse(wall))) return true
  const fromRuns = needs.some((kind) => ['comparison', 'validation', 'pairing', 'workflows', 'baseline'].includes(kind))
  const fromReview = needs.some((kind) => ['plan', 'draw', 'verdicts', 'signatures', 'ledger'].includes(kind))
  const paths = new Set(needs.flatMap((kind) => (kind in inputFiles ? [`readiness/${kind}.csv`] : [])))
  return before.some(
    ({ action, object }) =>
      (fromRuns && action === 'run-finished') ||
      (fromReview && review.has(action)) ||
      (needs.includes('mapping') && action === 'mapping-confirmed') ||
      (paths.has(object) && inputActs.includes(action)),
  )
}

function noteOf(acts: readonly LimitAct[], outside: boolean): string | null {
  const last = acts.at(-1)
  const said = last ? actWords(last) : ''
  const past = outside ? 'board.json holds another limit, which no entry of the ledger names: it does not count' : ''
  return [said, past].filter((words) => words !== '').join('; ') || null
}

/** "A limit of 99 instead of 0 (open) was proposed by Noor Adeyemi, 21-Nov-2026, after its evidence existed: “a trial”; loosening closes no risk". */
export function actWords({ from, to, by, at, reason, proposed }: LimitAct): string {
  const changed = Object.keys(to).filter((name) => from[name] !== to[name])
  if (changed.length === 0 && proposed.length === 0) return ''
  const named = changed.length > 0 ? changed : proposed
  const values = named.map((name) => `${to[name]} instead of ${from[name]} (${name})`).join(', ')
  const why = reason === '' ? 'no reason is given' : `“${reason}”`
  const who = `${by === '' || by === 'unnamed' ? 'nobody who gave a name' : by}, ${dayText(at)}`
  return proposed.length > 0
    ? `a limit of ${values} was proposed by ${who}: ${why}; loosening after the evidence existed closes no risk`
    : `a limit of ${values} was set by ${who}: ${why}`
}

function same(a: Thresholds, b: Thresholds): boolean {
  return canonicalJson(jsonOf(a)) === canonicalJson(jsonOf(b))
}
