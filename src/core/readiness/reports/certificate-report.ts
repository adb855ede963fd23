/** The certificate of the last signature, as one of the reports of a project. */

import type { Project } from '../../project/format/project.ts'
import { certificateOf } from '../../project/verify/certificate.ts'
import { signaturesOf } from '../../project/verify/coverage.ts'
import { meaningTitle, signedMeanings } from '../../project/verify/signed-meanings.ts'
import { dayText } from '../../values/day.ts'
import type { ReadinessBoard } from '../board/board.ts'
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
  const covered = last.coverage.covers === 'current'
  return {
    sheet: {
      title: certificate.title,
      lead: [`${signature.name}, ${signature.role}. ${signature.meaning}. ${signature.time}`, statement],
      verdict: refused
        ? { gate: 'blocked', words: `${meaningTitle(refused)}.` }
        : covered
          ? { gate: 'ready', words: 'It covers what the project holds now.' }
          : { gate: 'blocked', words: `Not covered. ${last.coverage.changed.map(({ sentence }) => sentence).join(' ')}` },
      sections: sections.map((section) => ({ title: section.title, blocks: [lines(...section.lines)] })),
      foot: [],
    },
    data: {
      kind: 'certificate',
      project: { id, name },
      asOf: board.asOf,
      covers: last.coverage.covers,
      certificate: {
        title: certificate.title,
        signature: { ...signature },
        statement,
        sections: sections.map((section) => ({ title: section.title, lines: [...section.lines] })),
      },
    },
  }
}
