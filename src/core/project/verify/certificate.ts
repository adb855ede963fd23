/** The one-page certificate, made of the signed payload alone: the same signature gives the same page for ever. */

import { calibrationSentence } from '../../review/decision/calibration.ts'
import { notesSentence } from '../../review/decision/notes-hidden.ts'
import { percentText } from '../../review/model/claim.ts'
import { blindPlanSentence, changesSentence, earlierBlindSentence } from '../../review/plan/blind.ts'
import { attentionSentence, unmeasuredSentence } from '../../review/result/attention.ts'
import { agreementSentence, doubleSentence } from '../../review/result/double-reading.ts'
import { noReads, readerName, readWords } from '../../review/result/reads.ts'
import { count, countedSentence, nearestResultSentence, progressSentence, resultSentence } from '../../review/result/result.ts'
import { failedClaims } from '../../review/result/statement.ts'
import { dutyWords } from '../duties/waivers.ts'
import { statedName } from '../format/sample-name.ts'
import { hazardSentence } from '../hazards/hazard-counts.ts'
import type { SignaturePayload } from '../signing/signature-page.ts'

export interface CertificateSection {
  readonly title: string
  readonly lines: readonly string[]
}

export interface Certificate {
  readonly title: string
  /** Name, role, meaning and time: 21 CFR 11.50 wants all of them in every readable form. */
  readonly signature: { readonly name: string; readonly role: string; readonly meaning: string; readonly time: string }
  readonly statement: string
  /** Head of the ledger that was signed over, for the printed code. */
  readonly head: string
  readonly sections: readonly CertificateSection[]
}

export const meaningWords = {
  review: 'Reviewed the records',
  approval: 'Approves',
  rejection: 'Does not approve',
  responsibility: 'Is responsible',
  authorship: 'Wrote',
} as const

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** What a reader of the page must not take it for. */
const limitsOf = (payload: SignaturePayload): readonly string[] => {
  const { sensitivity, keyReplaced, forks = [], waivers = [], held = [] } = payload
  return [
    ...waivers.map(
      ({ duty, by, reason, at }) =>
        `Duties were not kept apart (${duty}: ${new Map<string, string>(Object.entries(dutyWords)).get(duty) ?? duty}), waived by ${by} on ${timeWords(at)}: ${reason}`,
    ),
    ...held.map(
      ({ device, entries, by, reason, at }) =>
        `Nobody on ${device} had a role for ${entries === 1 ? 'one entry' : `${count(entries)} entries`} recorded there; ${by} accepted them on ${timeWords(at)}: ${reason}`,
    ),
    ...forks.map(
      ({ device, by, reason, at, entries }) =>
        `The ledger of ${device} had two continuations; ${by} settled on ${timeWords(at)} which one stands, and ${count(entries)} entries were put aside: ${reason}`,
    ),
    ...(keyReplaced === undefined
      ? []
      : [
          `This was signed with another key than the one enrolled in this name on ${timeWords(keyReplaced)}: ask the signer whether the key was changed.`,
        ]),
    'A local key proves that nothing was changed since signing. By itself it does not prove who signed, unless the team enrolled keys in person.',
    sensitivity
      ? `Sensitivity holds for the kinds of defects that were seeded: ${sensitivity.readers.map(({ reader, seeded, caught }) => `${namesOn(payload)(reader)} caught ${caught} of ${seeded}`).join(', ')}.${toldWords(sensitivity.told)}`
      : 'The bounds assume that readers miss nothing. Their sensitivity was not measured with seeded defects.',
    'Nothing here claims compliance with a regulation.',
  ]
}

function toldWords(told: number | undefined): string {
  if (!told) return ''
  return ` ${told} ${told === 1 ? 'was' : 'were'} told because a reader wanted to look further.`
}

/** Words of this version; those of pages whose bounds were rounded to the nearest; and of them those from before it was noted what readers saw. */
export type CertificateWords = 'now' | 'nearest' | 'earlier'

export function certificateOf(payload: SignaturePayload, words: CertificateWords = 'now'): Certificate {
  const against = payload.meaning === 'approval' ? failedClaims(payload.claims) : 0
  return {
    title: `${statedName(payload.project)}: ${payload.project.legacy} to ${payload.project.target}`,
    signature: {
      name: payload.name,
      role: payload.role,
      meaning: `${partWords(payload) ?? meaningWords[payload.meaning]}${against > 0 ? `, although ${against} of ${payload.claims.length} claims ${against === 1 ? 'does' : 'do'} not hold` : ''}`,
      time: timeWords(payload.time),
    },
    statement: payload.statement,
    head: payload.head.digest,
    sections: [
      {
        title: 'Result',
        lines: [...againstLines(payload), ...resultLines(payload, words)],
      },
      { title: 'How it was drawn', lines: drawLines(payload) },
      { title: 'Who read', lines: readerLines(payload, words) },
      { title: 'Findings', lines: findingLines(payload) },
      { title: 'What was signed', lines: digestLines(payload) },
      {
        title: 'How to verify',
        lines: [
          'Run "carryover verify --head" with the head below on the project file, offline: a file that was cut or rewritten does not lead to it. While this page covers what the project holds, result, draw, readers, findings and digests are recomputed from it. Statement, name, role and time stand as they were signed.',
        ],
      },
      { title: 'Limits', lines: limitsOf(payload) },
    ],
  }
}

/** "Reviewed a part: 12 of 200 records"; null on a page that speaks for a whole reading. */
function partWords({ part, reads, signer, progress }: SignaturePayload): string | null {
  if (!part) return null
  const own = reads?.find(({ reader }) => reader === signer)?.records ?? 0
  return `Reviewed a part: ${count(own)} of ${count(progress.sample)} records`
}

/** A part proves no claim, so no bound stands on its page: beside "no claim" it would be read as one. */
function resultLines({ part, progress, claims }: SignaturePayload, words: CertificateWords): string[] {
  return part
    ? [`All readers together: ${countedSentence(progress)}`]
    : [progressSentence(progress), ...claims.map(words === 'now' ? resultSentence : nearestResultSentence)]
}

/** What a page says against itself stands first: an approval over a claim that failed, a refusal, and a reading that is not finished. */
function againstLines({ meaning, claims, reason, part, progress }: SignaturePayload): string[] {
  if (part) {
    const open = progress.sample - progress.judged
    const why = open > 0 ? `${count(open)} of ${count(progress.sample)} records had no verdict` : 'second readings were missing'
    return [`Signed in part: ${why}. This page proves no claim.`]
  }
  const given = reason?.trim() ? ` Reason: ${reason.trim()}` : ' No reason is given.'
  if (meaning === 'rejection') return [`Not approved.${given}`]
  const failed = meaning === 'approval' ? failedClaims(claims) : 0
  return failed === 0
    ? []
    : [`Approved although ${failed} of ${claims.length} claims ${failed === 1 ? 'does' : 'do'} not hold.${given}`]
}

/** Counted from the verdicts, whatever the statement says. */
function signerLine({ name, signer, reads, progress }: SignaturePayload): string[] {
  if (signer === undefined || !reads) return []
  const own = reads.find(({ reader }) => reader === signer) ?? noReads
  const others = reads.filter(({ reader }) => reader !== signer).length
  const rest = others === 0 ? 'nobody else read' : `${others} ${others === 1 ? 'other person' : 'others'} read as well`
  return [`${name}, who signs, ${readWords(own, progress.sample)}; ${rest}.`]
}

function readerLines(payload: SignaturePayload, words: CertificateWords): string[] {
  const { readers, reads, double, agreement, calibration, progress, attention = [], unblinded = [] } = payload
  const named = namesOn(payload)
  const warm = (calibration?.readers ?? []).map((each) => calibrationSentence({ ...each, reader: named(each.reader) }))
  const listed = reads
    ? reads.map((each) => `${named(each.reader)} ${readWords(each, progress.sample)}`)
    : readers.map(({ reader, records }) => `${reader}: ${count(records)} records`)
  const sections = attention.map((one) => `${named(one.reader)}: ${attentionSentence([one]) ?? 'no section was measured.'}`)
  const unmeasured =
    payload.signer === undefined || !reads
      ? null
      : unmeasuredSentence(
          reads.map((each) => ({ ...each, reader: named(each.reader) })),
          attention.map((each) => ({ ...each, reader: named(each.reader) })),
        )
  const seen = [...sections, ...(unmeasured === null ? [] : [unmeasured])]
  const changed = changesSentence(unblinded.map((each) => ({ ...each, reader: named(each.reader) })))
  const notes = [...notesLines(payload, words), ...(payload.blind === undefined || changed === null ? [] : [changed])]
  const who = [...signerLine(payload), ...listed, ...notes, ...seen, ...warm]
  if (double === undefined) return who
  if (double === null) return [...who, 'The plan asked for one reader: how far readers agree was not measured.']
  return [...who, doubleSentence(double), ...(agreement ? [agreementSentence(agreement)] : [])]
}

/** Pages of earlier versions hold no names: there readers are called as in the ledger. */
function namesOn({ people }: SignaturePayload): (slug: string) => string {
  if (!people) return (slug) => slug
  const names = new Map(people.map(({ reader, name }) => [reader, name]))
  return (slug) => readerName(names, slug)
}

/** What readers saw of the program's notes: what the plan asked for, and what was noted at reading. */
function notesLines(payload: SignaturePayload, words: CertificateWords): string[] {
  const { blind, notes } = payload
  if (blind === undefined && (notes ?? []).length === 0) return []
  if (words === 'earlier') return blind === undefined ? [] : [earlierBlindSentence(blind)]
  const named = namesOn(payload)
  const planned = blind === undefined ? [] : [blindPlanSentence(blind)]
  if (!notes) return [...planned, 'What readers saw of it when they judged is not known: nobody noted it then.']
  return [...planned, ...notes.map((each) => notesSentence({ ...each, reader: named(each.reader) }))]
}

/** The page as text, for the command line and for comparison: same payload, same bytes. */
export function certificateText(certificate: Certificate): string {
  const { name, role, meaning, time } = certificate.signature
  const sections = certificate.sections.flatMap(({ title, lines }) => ['', title, ...lines.map((line) => `  ${line}`)])
  return [certificate.title, `${name}, ${role}. ${meaning}. ${time}`, '', certificate.statement, ...sections, ''].join('\n')
}

function drawLines(payload: SignaturePayload): string[] {
  const { draw } = payload
  if (!draw) return ['No sample was drawn.']
  const again = timesWords(draw)
  const people = draw.rolledBy.length > 1 ? draw.rolledBy.join(' and ') : `${draw.rolledBy.join('') || 'nobody named'} alone`
  const strata = payload.claims[0]
  const sizes = strata
    ? [
        `${count(strata.n)} at random and ${count(strata.mustSee)} chosen on purpose, out of ${count(payload.population)} records.`,
      ]
    : []
  const risks = [...new Set(payload.claims.map((claim) => percentText(claim.riskPpm)))].join(', ')
  return [
    ...sizes,
    `Seed ${draw.seed}, rolled by ${people} after the list of records was committed. ${again}`,
    ...(draw.first === undefined
      ? []
      : [
          `The list drawn first held ${count(draw.first)} records. They did not prove every claim, and it was extended to all ${count(payload.population)}, in the order of the same tickets.`,
        ]),
    ...(risks ? [`Risk of accepting a worse migration: ${risks} for each claim.`] : []),
  ]
}

/** Signatures of early versions count the draws from one list of records only. */
function timesWords({ times, total = times, reason }: DrawTimes): string {
  if (total <= 1) return 'Drawn once.'
  const here = times === total ? '' : `, ${times === 1 ? 'once' : `${times} times`} from this list`
  return `Drawn ${total} times in this project${here}. Reason for drawing again: ${reason ?? 'none was given'}.`
}

interface DrawTimes {
  readonly times: number
  readonly total?: number
  readonly reason: string | null
}

function findingLines(payload: SignaturePayload): string[] {
  const { critical, error, warning, info } = payload.open
  const open = `Open in ${payload.run ? `run #${payload.run.number}` : 'no run'}: ${count(critical)} critical, ${count(error)} errors, ${count(warning)} warnings, ${count(info)} notes.`
  const hazards = payload.hazards ? [hazardSentence(payload.hazards)] : []
  return [open, ...hazards, ...payload.accepted.map(({ reason, by }) => `Accepted by ${by}: ${reason}`)]
}

/** Order of the page, whatever the order of members in the payload. */
const digestNames = ['plan', 'frame', 'sample', 'verdicts', 'run', 'mapping', 'sources', 'baseline'] as const

function digestLines(payload: SignaturePayload): string[] {
  const digests = digestNames.map((name) => `${name} ${payload.digests[name] ?? 'none'}`)
  return [`ledger head ${payload.head.digest}`, ...digests, `written by ${payload.tool}`]
}

/** "14-Mar-2026 09:30 +01:00" from RFC 3339; anything else stays as it is. */
function timeWords(time: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.exec(time)
  if (!match) return time
  const [, year, month, day, clock, offset] = match
  return `${day}-${months[Number(month) - 1] ?? month}-${year} ${clock} ${offset === 'Z' ? '+00:00' : offset}`
}
