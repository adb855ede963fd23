/** The certificate of the last signature, as one of the reports of a project. */

import type { Project } from '../../project/format/project.ts'
import { certificateOf } from '../../project/verify/certificate.ts'
import { type SignatureState, signaturesOf } from '../../project/verify/coverage.ts'
import { meaningTitle, signedMeanings } from '../../project/verify/signed-meanings.ts'
import { heldSentence, ifVerified } from '../../project/verify/signed-part.ts'
import { dayText } from '../../values/day.ts'
import type { ReadinessBoard } from '../board/board.ts'
import type { Gate } from '../model/phase.ts'
import { lines, type Report } from '../sheets/sheet.ts'

export function certificateReport(project: Project, board: ReadinessBoard): Report {
  const last = signaturesOf(project).at(-1)
  const { name, legacy, target, id } = project.manifest
  if (!last)
    return {
      sheet: {
        title: `Certificate: ${name}`,
        lead: [`${legacy} to ${target} · as of ${dayText(board.asOf)}`],
        verdict: { gate: 'waiting', words: 'Nobody has signed: there is nothing to certify yet.' },
        sections: [],
        foot: [],
      },
      data: { kind: 'certificate', project: { id, name }, asOf: board.asOf, certificate: null },
    }
  const certificate = certificateOf(last.payload)
  const { signature, statement, sections } = certificate
  const refused = signedMeanings(project).find(({ meaning }) => meaning === 'rejection')
  return {
    sheet: {
      title: certificate.title,
      lead: [`${signature.name}, ${signature.role}. ${signature.meaning}. ${signature.time}`, statement],
      verdict: refused ? { gate: 'blocked', words: `${meaningTitle(refused)}.` } : verdictOf(last),
      sections: sections.map((section) => ({ title: section.title, blocks: [lines(...section.lines)] })),
      foot: [],
    },
    data: {
      kind: 'certificate',
      project: { id, name },
      asOf: board.asOf,
      covers: last.coverage.covers,
      ...(last.payload.part && { signedAsPart: true }),
      ...(last.coverage.part && { part: { ...last.coverage.part } }),
      certificate: {
        title: certificate.title,
        signature: { ...signature },
        statement,
        sections: sections.map((section) => ({ title: section.title, lines: [...section.lines] })),
      },
    },
  }
}

/** A part is no sign-off: it waits for the whole, however well it holds. */
function verdictOf({ payload, coverage: { covers, changed, part } }: SignatureState): {
  readonly gate: Gate
  readonly words: string
} {
  if (part) return { gate: 'waiting', words: `${heldSentence(part)} ${ifVerified}` }
  if (covers === 'earlier') return { gate: 'blocked', words: `Not covered. ${changed.map(({ sentence }) => sentence).join(' ')}` }
  return payload.part
    ? { gate: 'waiting', words: `A part is signed, and it covers what the project holds now. It proves no claim. ${ifVerified}` }
    : { gate: 'ready', words: `It covers what the project holds now. ${ifVerified}` }
}
