/** What people do to the hazard log: add, change, accept and close, each by name and reason, each named by the ledger. */

import { canonicalJson, digestOf } from '../../canonical.ts'
import { type Hand, record, type Step } from '../acts/hand.ts'
import { refuse } from '../acts/refusal.ts'
import { whyNotAllowed } from '../duties/roles.ts'
import { chainEnds } from '../format/chain-ends.ts'
import { paths } from '../format/documents.ts'
import type { Hazard, HazardAct, HazardAction, HazardSource, HazardTexts, HazardWords } from '../format/hazard-acts.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { type Salts, type SealedText, sealText, withSealedTexts } from '../format/sealed-text.ts'
import { unnamed } from '../ledger/actor-slug.ts'
import { appendEntries } from '../ledger/chain.ts'
import { latestMoment, nextMoment } from '../ledger/ledger.ts'
import { keepWorklist } from '../sample/worklist-file.ts'
import { currentRun, type Signer, signJson } from '../signing/signature.ts'
import { sourceStanding } from './hazard-evidence.ts'
import { settlingFault, settlingPayload } from './hazard-signature.ts'
import {
  hazardActs,
  hazardEntry,
  hazardsOf,
  named,
  residualRisk,
  riskOf,
  riskWords,
  standingActs,
  stateOf,
  withHazardActs,
  worstAccepted,
} from './log/hazard-log.ts'
import { textsOf } from './log/hazard-texts.ts'
import { signatureOver } from './safety-page.ts'
/** A hazard that is to be added, with the id that its source gives it. */
export interface HazardDraft {
  readonly id: string
  readonly words: HazardWords
  readonly from: HazardSource
}

/** Adds hazards that were proposed, in one step. */
export function addHazards(project: Project, drafts: readonly HazardDraft[], reason: string, hand: Hand, salts: Salts): Step {
  const known = new Set(hazardsOf(project).map(({ id }) => id))
  const fresh = drafts.filter(({ id }) => !known.has(id))
  if (fresh.length === 0) return refuse('There is nothing to add: the log has a hazard for every cause.')
  const fault = fresh.map(({ words }) => wordsFault(words)).find((why) => why !== null)
  if (fault) return refuse(fault)
  const made = fresh.map(({ id, words, from }) => {
    const text = sealText(textPart(words), salts)
    return { text, hazard: hazardOf(id, words, text.digest, from) }
  })
  const hazards = made.map(({ hazard }) => hazard)
  return done(
    withTexts(
      project,
      made.map(({ text }) => text),
    ),
    'hazard-added',
    hazards,
    reason,
    hand,
    salts,
  )
}

/** Adds a hazard that somebody thought of. */
export function addHazard(project: Project, words: HazardWords, reason: string, hand: Hand, salts: Salts): Step {
  const own = canonicalJson(textPart(words))
  const same = hazardsOf(project).find((each) => {
    const texts = textsOf(project, each)
    return texts !== null && canonicalJson(texts) === own
  })
  if (same) return refuse(`There is nothing to add: ${same.id} says the same.`)
  return addHazards(project, [{ id: hazardId('named', salts()), words, from: named }], reason, hand, salts)
}

/** `H-` and eight digits of the digest of what a hazard comes from, so that the same cause is proposed once. */
export function hazardId(...about: readonly string[]): string {
  return `H-${digestOf([...about]).slice('sha256:'.length, 'sha256:'.length + 8)}`
}

/** Changes what is said of a hazard. One that was accepted or closed is open to judgement again: another state was accepted. */
export function changeHazard(project: Project, id: string, words: HazardWords, reason: string, hand: Hand, salts: Salts): Step {
  const hazard = hazardsOf(project).find((each) => each.id === id)
  if (!hazard) return unknown(id)
  const before = textsOf(project, hazard)
  if (!before) return refuse(`The texts of ${id} are sealed, and not here: open the private part of the project first.`)
  const fault = wordsFault(words)
  if (fault !== null) return refuse(fault)
  const isSaidSo = canonicalJson(before) === canonicalJson(textPart(words))
  const text = isSaidSo ? null : sealText(textPart(words), salts)
  const next = hazardOf(id, words, text?.digest ?? hazard.words, hazard.from)
  if (digestOf(jsonOf(next)) === digestOf(jsonOf(hazard))) return refuse('Nothing was changed.')
  return done(text ? withTexts(project, [text]) : project, 'hazard-changed', [next], reason, hand, salts)
}

/** Who settles a hazard: printed name and role, and the own key. */
export interface Settler {
  readonly name: string
  readonly role: string
  readonly signer: Signer
}

/** Accepts the residual risk of a hazard with a signature; where roles are granted, that is for the safety officer. */
export async function acceptHazard(
  project: Project,
  id: string,
  reason: string,
  who: Settler,
  hand: Hand,
  salts: Salts,
): Promise<Step> {
  const hazard = hazardsOf(project).find((each) => each.id === id)
  if (!hazard) return unknown(id)
  const fault = whyNotSettled(project, hazard, 'accept')
  if (fault !== null) return refuse(fault)
  const accepted = { action: 'hazard-accepted', after: { ...hazard, status: 'accepted' }, evidence: null } as const
  return await settle(project, accepted, reason, who, hand, salts)
}

/** Why it can be neither accepted nor closed as it stands, as a sentence; null where it can. */
export function whyNotSettled(project: Project, hazard: Hazard, how: 'accept' | 'close'): string | null {
  const { id, status } = hazard
  if (how === 'accept') {
    const fault = acceptFault(hazard)
    return fault === null ? null : `${id} can not be accepted: ${fault}.`
  }
  if (status === 'closed') return `${id} is closed already.`
  const evidence = closingEvidence(project, hazard)
  return typeof evidence === 'string' ? `${id} can not be closed. ${evidence}` : null
}

/** Why the residual risk can not be accepted, as the rest of a sentence; null where it can. */
export function acceptFault(hazard: Hazard): string | null {
  const risk = residualRisk(hazard)
  if (hazard.status === 'accepted' || hazard.status === 'closed') return `it is ${hazard.status} already`
  if (!hazard.hasControls || risk === null) return 'write its controls and judge the residual risk first'
  return risk > worstAccepted ? `its residual risk is ${risk}, ${riskWords[risk - 1]}` : null
}

/**
 * Closes a hazard with a signature: its cause is gone from the current run, or its accepted residual risk stands under a safety officer's
 * signature. What readers said, and said again, is kept first: the closing rests on it.
 */
export async function closeHazard(
  project: Project,
  id: string,
  reason: string,
  who: Settler,
  hand: Hand,
  salts: Salts,
): Promise<Step> {
  const hazard = hazardsOf(project).find((each) => each.id === id)
  if (!hazard) return unknown(id)
  const fault = whyNotSettled(project, hazard, 'close')
  const evidence = closingEvidence(project, hazard)
  if (fault !== null || typeof evidence === 'string') return refuse(fault ?? `${id} can not be closed.`)
  const kept = evidence.run === null ? { project, acts: [] } : keepWorklist(project)
  const held = kept.acts.length === 0 ? project : record(kept.project, kept.acts, hand)
  return await settle(
    held,
    { action: 'hazard-closed', after: { ...hazard, status: 'closed' }, evidence },
    reason,
    who,
    hand,
    salts,
  )
}

/** What a hazard could be closed on; in words why on nothing. */
export function closingEvidence(project: Project, hazard: Hazard): NonNullable<HazardAct['evidence']> | string {
  const { standing, why } = sourceStanding(project, hazard.from)
  const run = currentRun(project)
  if (standing === 'gone' && run) return { run: run.number, page: null }
  const page = signatureOver(project.ledger, hazard)
  if (page) return { run: null, page: page.hash }
  return hazard.status === 'accepted'
    ? `${why} Its residual risk is accepted, and no safety officer has signed the log since.`
    : `${why} Accept its residual risk, and have the safety officer sign the log.`
}

function wordsFault(words: HazardWords): string | null {
  const missing = (['hazard', 'cause', 'effect'] as const).find((part) => words[part].trim() === '')
  if (missing) return `Say the ${missing}: a hazard has a cause and an effect on the patient.`
  const { residualSeverity, residualLikelihood, severity, likelihood, controls } = words
  if ((residualSeverity === null) !== (residualLikelihood === null))
    return 'Judge both the residual severity and the residual likelihood.'
  if (residualSeverity === null || residualLikelihood === null) return null
  if (controls.trim() === '') return 'Write the controls that the residual risk rests on.'
  return riskOf(residualSeverity, residualLikelihood) > riskOf(severity, likelihood)
    ? 'The residual risk is higher than the initial one: judge the initial risk again.'
    : null
}

function textPart(words: HazardTexts): HazardTexts {
  const { hazard, cause, effect, controls, owner } = words
  return {
    hazard: hazard.trim(),
    cause: cause.trim(),
    effect: effect.trim(),
    controls: controls.trim(),
    owner: owner.trim(),
  }
}

function hazardOf(id: string, words: HazardWords, texts: string, from: HazardSource): Hazard {
  const { severity, likelihood, residualSeverity, residualLikelihood, controls } = words
  const judged = { severity, likelihood, residualSeverity, residualLikelihood, hasControls: controls.trim() !== '' }
  return { id, words: texts, ...judged, status: stateOf(judged), from }
}

function withTexts(project: Project, texts: readonly SealedText[]): Project {
  return { ...project, private: withSealedTexts(project, paths.hazardTexts, texts) }
}

interface Made {
  readonly project: Project
  readonly acts: readonly HazardAct[]
}

/** The acts with their reason sealed, not in the ledger yet; in words why not. */
function made(
  project: Project,
  list: readonly Pick<HazardAct, 'action' | 'after' | 'evidence'>[],
  reason: string,
  hand: Hand,
  salts: Salts,
): Made | string {
  if (project.readOnly !== null) return project.readOnly
  if (hand.actor === unnamed) return 'Say who you are first: the hazard log names a person.'
  if (reason.trim() === '') return 'Say why: the hazard log keeps the reason.'
  const [first] = list
  const why = first ? whyNotAllowed(project.ledger, hand, first.action) : null
  if (why !== null) return `This can not be recorded: ${why}.`
  const kept = hazardActs(project)
  if (!kept) return `${paths.hazards} can not be read: restore it from a backup first.`
  const standing = standingActs(project)
  const said = sealText(reason.trim(), salts)
  const { wall } = nextMoment(latestMoment(project.ledger), hand.wall)
  const acts = list.map(({ action, after, evidence }): HazardAct => {
    const own = standing.filter((act) => act.after.id === after.id)
    const before = own.at(-1)?.after ?? null
    return { action, n: own.length + 1, by: hand.actor, at: wall, reason: said.digest, before, after, evidence }
  })
  return { project: { ...withTexts(project, [said]), other: withHazardActs(project.other, [...kept, ...acts]) }, acts }
}

function done(
  project: Project,
  action: HazardAction,
  hazards: readonly Hazard[],
  reason: string,
  hand: Hand,
  salts: Salts,
): Step {
  const list = hazards.map((after) => ({ action, after, evidence: null }))
  const step = made(project, list, reason, hand, salts)
  if (typeof step === 'string') return refuse(step)
  return { ok: true, project: record(step.project, step.acts.map(hazardEntry), hand) }
}

async function settle(
  project: Project,
  settled: Pick<HazardAct, 'action' | 'after' | 'evidence'>,
  reason: string,
  { name, role, signer }: Settler,
  hand: Hand,
  salts: Salts,
): Promise<Step> {
  if (name.trim() === '' || role.trim() === '') return refuse('A signature names a person and a role.')
  const step = made(project, [settled], reason, hand, salts)
  if (typeof step === 'string') return refuse(step)
  const [act] = step.acts
  if (!act) return refuse('There is nothing to settle.')
  const who = { name: name.trim(), role: role.trim() }
  const payload = settlingPayload(project.manifest.id, act, who, chainEnds(project.ledger))
  const entry = {
    device: hand.device,
    time: nextMoment(latestMoment(project.ledger), hand.wall),
    actor: hand.actor,
    ...hazardEntry(act),
    signature: await signJson(jsonOf(payload), signer),
  }
  const ledger = appendEntries(project.ledger, [entry])
  const fault = settlingFault(project, ledger, ledger.length - 1)
  return fault === null ? { ok: true, project: { ...step.project, ledger } } : refuse(`This can not be signed: ${fault}.`)
}

function unknown(id: string): Step {
  return refuse(`The log has no hazard ${id}.`)
}
