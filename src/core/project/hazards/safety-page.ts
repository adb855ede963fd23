/**
 * The signature of the clinical safety officer over the hazard log: every hazard with its state, its risk and its digest. DCB0129 and
 * DCB0160 ask for a named officer who reviews the log and accepts the residual risk. Verification recomputes page and statement.
 */

import * as v from 'valibot'
import { digestOf } from '../../canonical.ts'
import { counted } from '../../counted.ts'
import { fits, type Kept, object } from '../../values/document.ts'
import type { Hand, Step } from '../acts/hand.ts'
import { refuse } from '../acts/refusal.ts'
import { ownKeyFault } from '../duties/own-key.ts'
import { paths } from '../format/documents.ts'
import type { Hazard } from '../format/hazard-acts.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { unnamed } from '../ledger/actor-slug.ts'
import { appendEntries } from '../ledger/chain.ts'
import { type LedgerEntry, latestMoment, nextMoment } from '../ledger/ledger.ts'
import { type Signer, signatureHolds, signJson, type Verifier } from '../signing/signature.ts'
import { aboveAcceptable, hazardsOf, standingActs, standingRisk } from './log/hazard-log.ts'

export const safetySigned = 'safety-signed'

export interface SafetyFacts {
  readonly hazards: number
  readonly closed: number
  /** Residual risks accepted by who signs, and how many of those are undesirable. */
  readonly accepted: number
  readonly undesirable: number
  /** Residual risks accepted by others. */
  readonly acceptedByOthers: number
  /** Neither closed nor accepted, and above acceptable. */
  readonly above: number
}

const safetyPage = object({
  format: v.literal('carryover-safety/1'),
  meaning: v.literal('safety'),
  statement: v.string(),
  name: v.string(),
  role: v.string(),
  project: v.string(),
  /** By id. */
  hazards: v.array(object({ id: v.string(), status: v.string(), risk: v.number(), digest: v.string() })),
})
/** What is signed. */
export type SafetyPage = Kept<typeof safetyPage>

export function safetyPageOf({ action, payload }: LedgerEntry): SafetyPage | null {
  return action === safetySigned && fits(payload, safetyPage) ? payload : null
}

type Held = Parameters<typeof hazardsOf>[0]

export function safetyFacts(project: Held, signer: string): SafetyFacts {
  const hazards = hazardsOf(project)
  const by = new Map(
    standingActs(project).flatMap(({ action, after, by }) => (action === 'hazard-accepted' ? [[after.id, by]] : [])),
  )
  const accepted = hazards.filter(({ status }) => status === 'accepted')
  const own = accepted.filter(({ id }) => by.get(id) === signer)
  const isAbove = (hazard: Hazard): boolean => standingRisk(hazard) >= aboveAcceptable
  return {
    hazards: hazards.length,
    closed: hazards.filter(({ status }) => status === 'closed').length,
    accepted: own.length,
    undesirable: own.filter(isAbove).length,
    acceptedByOthers: accepted.length - own.length,
    above: hazards.filter((each) => each.status !== 'closed' && each.status !== 'accepted' && isAbove(each)).length,
  }
}

/** The statement, made of the facts alone. */
export function safetyStatement({ hazards, closed, accepted, undesirable, acceptedByOthers, above }: SafetyFacts): string {
  const verb = (n: number): string => (n === 1 ? 'is' : 'are')
  return [
    `I, clinical safety officer, have read the hazard log of ${counted(hazards, 'hazard')}.`,
    ...(closed > 0 ? [`${counted(closed, 'hazard')} ${verb(closed)} closed.`] : []),
    `${counted(accepted, 'residual risk')} ${verb(accepted)} accepted by me.`,
    ...(undesirable > 0 ? [`${undesirable} of these ${verb(undesirable)} undesirable and can not be reduced further.`] : []),
    ...(acceptedByOthers > 0
      ? [`${counted(acceptedByOthers, 'residual risk')} ${verb(acceptedByOthers)} accepted by others.`]
      : []),
    above === 0 ? 'No other risk is above acceptable.' : `${counted(above, 'open risk')} ${verb(above)} above acceptable.`,
  ].join(' ')
}

function listed(hazards: readonly Hazard[]): SafetyPage['hazards'] {
  return hazards.map((each) => ({
    id: each.id,
    status: each.status,
    risk: standingRisk(each),
    digest: digestOf(jsonOf(each)),
  }))
}

/** Signs the log as it is; in words why not. */
export async function signHazards(
  project: Project,
  said: { readonly name: string; readonly role: string },
  signer: Signer,
  hand: Hand,
): Promise<Step> {
  const hazards = hazardsOf(project)
  if (project.readOnly !== null) return refuse(project.readOnly)
  if (hazards.length === 0) return refuse('The hazard log is empty: there is nothing to sign.')
  if (hand.actor === unnamed) return refuse('Say who signs: the page prints the name.')
  const [name, role] = [said.name.trim(), said.role.trim()]
  if (name === '' || role === '') return refuse('A signature names a person and a role.')
  const page: SafetyPage = {
    format: 'carryover-safety/1',
    meaning: 'safety',
    statement: safetyStatement(safetyFacts(project, hand.actor)),
    name,
    role,
    project: project.manifest.id,
    hazards: listed(hazards),
  }
  const entry = {
    device: hand.device,
    time: nextMoment(latestMoment(project.ledger), hand.wall),
    actor: hand.actor,
    action: safetySigned,
    object: paths.hazards,
    digest: digestOf(jsonOf(page)),
    signature: await signJson(jsonOf(page), signer),
  }
  const ledger = appendEntries(project.ledger, [entry])
  const fault = safetyFault(project, ledger, ledger.length - 1)
  return fault === null ? { ok: true, project: { ...project, ledger } } : refuse(`The log can not be signed: ${fault}.`)
}

/** Why the entry at this place signs for nothing, its signed bytes and the log it speaks about aside; null where it does. */
export function safetyFault(
  { manifest, keys }: Pick<Project, 'manifest' | 'keys'>,
  entries: readonly LedgerEntry[],
  at: number,
): string | null {
  const entry = entries[at]
  const page = entry ? safetyPageOf(entry) : null
  if (!entry || !page || page.project !== manifest.id || entry.digest !== digestOf(jsonOf(page)) || page.meaning !== 'safety')
    return 'it signs no hazard log of this project that can be read'
  return ownKeyFault({ keys }, entries, at, page.name)
}

/** Whether page and statement follow from the log as it was then. */
export function followsFromLog(project: Held, entries: readonly LedgerEntry[], at: number): boolean {
  const entry = entries[at]
  const page = entry ? safetyPageOf(entry) : null
  if (!entry || !page) return false
  const then = { other: project.other, ledger: entries.slice(0, at) }
  return (
    page.statement === safetyStatement(safetyFacts(then, entry.actor)) &&
    digestOf(jsonOf(page.hazards)) === digestOf(jsonOf(listed(hazardsOf(then))))
  )
}

/** Safety signatures that do not hold, by index, with the reason. */
export async function safetyFaults(
  project: Pick<Project, 'manifest' | 'keys'>,
  entries: readonly LedgerEntry[],
  verifier: Verifier,
): Promise<ReadonlyMap<number, string>> {
  const faults = new Map<number, string>()
  for (const [at, entry] of entries.entries()) {
    if (entry.action !== safetySigned) continue
    const why = safetyFault(project, entries, at)
    if (why !== null) faults.set(at, why)
    else if (!(await signatureHolds(entry, verifier))) faults.set(at, 'its signature is not valid')
  }
  return faults
}

/** The last signature of the log, where it covers this hazard as it is and as accepted; else null. */
export function signatureOver(entries: readonly LedgerEntry[], hazard: Hazard): LedgerEntry | null {
  const last = lastSafetySignature(entries)
  const digest = digestOf(jsonOf(hazard))
  const covers = last?.page.hazards.some((each) => each.id === hazard.id && each.digest === digest && each.status === 'accepted')
  return last && covers ? last.entry : null
}

export interface SafetySignature {
  readonly entry: LedgerEntry
  readonly page: SafetyPage
}

export function lastSafetySignature(entries: readonly LedgerEntry[]): SafetySignature | null {
  return (
    entries
      .flatMap((entry) => {
        const page = safetyPageOf(entry)
        return page ? [{ entry, page }] : []
      })
      .at(-1) ?? null
  )
}

/** Whether the last signature speaks about the log as it is. */
export function isLogSigned(project: Held): boolean {
  const last = lastSafetySignature(project.ledger)
  return last !== null && digestOf(jsonOf(last.page.hazards)) === digestOf(jsonOf(listed(hazardsOf(project))))
}
