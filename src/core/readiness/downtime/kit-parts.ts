/** The parts of a downtime kit as sections of a sheet: procedures, contacts, booked visits, paper forms, and what is entered afterwards. */

import { dayText } from '../../values/day.ts'
import type { PaperStep } from '../measures/paper-steps.ts'
import type { EvidenceOf } from '../model/artifact.ts'
import { type Block, lines, type SheetSection, table, tableOr } from '../sheets/sheet.ts'

/** Empty lines of a list that nothing is known for. */
const emptyLines = 12
/** Lines that every list has to spare: a visit nobody booked comes in any downtime. */
const spareLines = 4

function empty(columns: number, rows: number): readonly (readonly string[])[] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => ' '))
}

export function procedurePart(rows: EvidenceOf['interfaces']['rows']): SheetSection {
  const order = [...rows].sort((a, b) => Number(b.critical === true) - Number(a.critical === true))
  return {
    title: `What to do while a system is down (${rows.length})`,
    blocks: [
      tableOr(
        'The integration map names no interface: find out what each system brings before it is missed.',
        ['System', 'What stops', 'What people do', 'Answers for it', 'Patients depend on it'],
        order.map((row) => [
          `${row.from} to ${row.to}`,
          row.trigger ?? row.edge_id,
          row.downtime ?? 'NOBODY SAID: ask before go-live',
          row.owner ?? 'nobody',
          row.critical === true ? 'YES' : 'no',
        ]),
      ),
    ],
  }
}

export function contactPart(rows: EvidenceOf['contacts']['rows']): SheetSection {
  return {
    title: 'Who is called',
    blocks: [
      tableOr(
        'No contact is listed. Write them in before this is handed out.',
        ['About', 'Level', 'Who', 'Number', 'Last tried'],
        [...rows]
          .sort((a, b) => (a.branch < b.branch ? -1 : a.branch > b.branch ? 1 : a.level - b.level))
          .map((row) => [
            row.branch,
            String(row.level),
            row.role,
            row.number ?? ' ',
            row.tested_at === null ? 'never' : dayText(row.tested_at.text),
          ]),
        [1],
      ),
    ],
  }
}

/** What the sheets leave open where it would be looked for in the dark: lines without a number, and that nobody answers for. */
export function openQuestions(
  interfaces: EvidenceOf['interfaces']['rows'],
  contacts: EvidenceOf['contacts']['rows'],
): readonly string[] {
  const silent = contacts.filter(({ number }) => number === null).map(({ branch, level, role }) => `${branch} ${level} (${role})`)
  const missed = contacts.filter(({ answered }) => answered === false).map(({ branch, level }) => `${branch} ${level}`)
  const untold = interfaces.filter(({ downtime }) => downtime === null).map(({ edge_id }) => edge_id)
  const unowned = interfaces.filter(({ owner }) => owner === null).map(({ edge_id }) => edge_id)
  const warned = (names: readonly string[], words: string): readonly string[] =>
    names.length === 0 ? [] : [`NOT COMPLETE: ${words}: ${names.join(', ')}.`]
  return [
    ...warned(silent, 'no number to call is listed, write it in before this is handed out'),
    ...warned(missed, 'nobody answered when the line was tried'),
    ...warned(untold, 'nobody said what people do while it is down'),
    ...warned(unowned, 'nobody answers for it'),
  ]
}

export function bookingPart(rows: EvidenceOf['bookings']['rows'], first: string, last: string): SheetSection {
  const head = ['Day', 'Time', 'Minutes', 'Booking', 'Patient and birth date', 'Came', 'Seen by']
  const listed = rows.map((row) => [
    dayText(row.start.text),
    row.start.text.slice(11, 16),
    String(row.minutes),
    row.booking_id,
    ' ',
    ' ',
    ' ',
  ])
  return {
    title: `Booked visits, ${dayText(first)} to ${dayText(last)} (${rows.length})`,
    blocks: [table(head, [...listed, ...empty(head.length, rows.length === 0 ? emptyLines : spareLines)], [2])],
  }
}

/** One empty summary sheet: what has to be known before anything is given. `mark` says whose it is to be, without a name. */
export function summaryPart(mark: string): SheetSection {
  const asked: Block = {
    kind: 'sign',
    choices: ['None known', 'Not asked yet', 'As below'],
    lines: ['Patient, birth date, number', 'Asked by, time'],
  }
  return {
    title: `Patient summary: ${mark}`,
    blocks: [
      lines('Allergies'),
      asked,
      table(['Substance', 'Reaction', 'How severe', 'Since'], empty(4, 4)),
      lines('Medicines in use'),
      table(['Medicine', 'Dose', 'How often', 'Last taken'], empty(4, 6)),
    ],
  }
}

/** One form for each step: what to look up, what to write down, by whom and when. */
export function formParts(steps: readonly PaperStep[]): readonly SheetSection[] {
  return steps.map(({ workflow, step, role, safety, reads, writes }) => ({
    title: `Form: ${step} (${workflow}, ${role})${safety ? ' – a patient can be harmed' : ''}`,
    blocks: [
      ...(reads.length > 0 ? [lines(`Look up first: ${reads.join(', ')}.`)] : []),
      table(
        ['Patient and birth date', ...(writes.length > 0 ? writes : ['What was done']), 'By', 'Time', 'Entered afterwards'],
        empty(4 + Math.max(1, writes.length), spareLines),
      ),
    ],
  }))
}

export function laterPart(): SheetSection {
  const head = ['Form', 'How many', 'Entered by', 'Time', 'Compared by a second person']
  return {
    title: 'When the system is back: entered afterwards',
    blocks: [
      lines('Nobody throws a form away before somebody else has compared the entry with it.'),
      table(head, empty(head.length, 6)),
    ],
  }
}
