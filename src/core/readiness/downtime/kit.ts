/** The downtime kit of each clinic, made from the project's own files: what to work with for the hours in which no system answers. */
import { counted } from '../../counted.ts'
import { compareText } from '../../finding.ts'
import type { Project } from '../../project/format/project.ts'
import { openedWorkflow } from '../../project/runs/opened-inputs.ts'
import { addDays } from '../../values/day.ts'
import { type InputEvidence, type InputKind, inputFiles, inputPath } from '../input-files/files.ts'
import { isExample } from '../kept-files/examples.ts'
import { openedInput } from '../kept-files/opened.ts'
import { paperSteps } from '../measures/paper-steps.ts'
import { departmentKey } from '../measures/shifts.ts'
import { digestOfRecord } from '../model/artifact.ts'
import type { Sheet } from '../sheets/sheet.ts'
import { bookingPart, contactPart, formParts, laterPart, openQuestions, procedurePart, summaryPart } from './kit-parts.ts'

/** Files that a kit is made from; the maps come beside them. */
export const kitKinds = ['roster', 'bookings', 'interfaces', 'contacts'] as const satisfies readonly InputKind[]

/** Bookings are listed for this day and so many after it: a night and the morning behind it are always in it. */
export const kitDays = 2

/** How the title of each of its sheets begins. */
export const kitTitle = 'Downtime kit'

export interface KitClinic {
  readonly name: string
  readonly bookings: number
  readonly procedures: number
  readonly forms: number
  readonly sheet: Sheet
}

export interface DowntimeKit {
  /** First day of its lists. */
  readonly day: string
  readonly clinics: readonly KitClinic[]
  /** Of all its sheets; nothing about a patient is in them. */
  readonly digest: string
  readonly from: readonly { readonly name: string; readonly digest: string }[]
}

export type KitSources = Pick<Project, 'other' | 'workflows' | 'ledger'>

/** No row where the file is not there, lacks a needed column or is the example of a fictional clinic, whose numbers nobody answers. */
function rowsIn<K extends InputKind>(sources: KitSources, kind: K): InputEvidence[K]['rows'] {
  const bytes = sources.other.get(inputPath(kind))
  return bytes && !isExample(sources, kind) ? openedInput(kind, bytes).table.rows : []
}

/** What the sheets lack because of a file, to be read before they are trusted; null where it could be read whole. */
function gapIn(sources: KitSources, kind: InputKind): string | null {
  const bytes = sources.other.get(inputPath(kind))
  const { title } = inputFiles[kind]
  if (!bytes) return `NOT COMPLETE: the project has no file “${title}”.`
  if (isExample(sources, kind)) return `NOT COMPLETE: “${title}” is an example file; nothing of it is on this sheet.`
  const { missing, refused, rows } = openedInput(kind, bytes).table
  if (missing.length > 0) return `NOT COMPLETE: “${title}” lacks the column ${missing.join(', ')}.`
  if (refused !== null) return `NOT COMPLETE: of “${title}”, ${refused}.`
  return rows.length === 0 ? `NOT COMPLETE: “${title}” has no row.` : null
}

/** What a kit made now would be made from, by name and digest. */
export function kitFrom({ other, workflows }: KitSources): DowntimeKit['from'] {
  const files = kitKinds.flatMap((kind) => {
    const bytes = other.get(inputPath(kind))
    return bytes ? [{ name: inputPath(kind), digest: openedInput(kind, bytes).digest }] : []
  })
  const maps = workflows.map((documents) => ({ name: `workflows/${documents.id}`, digest: openedWorkflow(documents).digest }))
  return [...files, ...maps.sort((a, b) => compareText(a.name, b.name))]
}

/** The same files and day give the same kit. Departments are those of the roster; null where it names none. */
export function makeKit(sources: KitSources, day: string): DowntimeKit | null {
  const roster = rowsIn(sources, 'roster')
  const names = new Map<string, string>()
  for (const { department } of roster)
    if (!names.has(departmentKey(department))) names.set(departmentKey(department), department.trim())
  if (names.size === 0) return null
  const [bookings, interfaces, contacts] = [
    rowsIn(sources, 'bookings'),
    rowsIn(sources, 'interfaces'),
    rowsIn(sources, 'contacts'),
  ]
  const open = openQuestions(interfaces, contacts)
  const gaps = kitKinds.flatMap((kind) => gapIn(sources, kind) ?? [])
  const steps = paperSteps(sources.workflows.map((documents) => openedWorkflow(documents).workflow))
  const last = addDays(day, kitDays)
  const clinics = [...names.values()].sort(compareText).map((name): KitClinic => {
    const key = departmentKey(name)
    const booked = bookings
      .filter(({ clinic, start, status }) => {
        const on = start.text.slice(0, 10)
        return departmentKey(clinic) === key && on >= day && on <= last && (status === 'booked' || status === 'arrived')
      })
      .toSorted((a, b) => a.start.at - b.start.at || compareText(a.booking_id, b.booking_id))
    const roles = new Set(roster.filter((row) => departmentKey(row.department) === key).map(({ role }) => departmentKey(role)))
    // Steps of a role that nobody in the roster has are everybody's.
    const known = new Set(roster.map(({ role }) => departmentKey(role)))
    const own = steps.filter(({ role }) => roles.has(departmentKey(role)) || !known.has(departmentKey(role)))
    const procedures = interfaces
    return {
      name,
      bookings: booked.length,
      procedures: procedures.length,
      forms: own.length,
      sheet: {
        title: `${kitTitle}: ${name}`,
        lead: [
          ...gaps,
          ...open,
          `For ${counted(kitDays + 1, 'day')} from its first day on. Keep it where no system is needed to reach it.`,
          'No form holds anything about a patient: it is written in by hand, and entered afterwards.',
        ],
        verdict: null,
        sections: [
          procedurePart(procedures),
          contactPart(contacts),
          bookingPart(booked, day, last),
          ...formParts(own),
          summaryPart('one copy for each patient'),
          laterPart(),
        ],
        foot: ['Throw it away when a newer one is printed. The same files and day give the same kit.'],
      },
    }
  })
  return { day, clinics, digest: digestOfRecord(clinics.map(({ sheet }) => sheet)), from: kitFrom(sources) }
}
