/**
 * One page about one patient for the hours without a system, from the migrated records alone: allergies, medicines, problems, contacts, last
 * results. A pure function of the chart; whoever calls it keeps nothing of it.
 */
import { counted } from '../../counted.ts'
import { compareText } from '../../finding.ts'
import type { Chart, ChartEntry, ChartSectionId, ChartText } from '../../review/model/chart.ts'
import { allergyStateRow, allergyStateWords } from '../../review/model/chart.ts'
import { dayText } from '../../values/day.ts'
import { lines, type Sheet, type SheetSection, table } from '../sheets/sheet.ts'

/** Lines of an A4 page that are left for rows, at the print size of the sheets; a row of several lines takes as many. */
const pageLines = 33
/** Lines that each part after this one can count on. */
const leastLines = 3
/** Letters in a line of the two columns, at the print size of the sheets. */
const width = { what: 32, says: 84 }

interface Part {
  readonly title: string
  readonly section: ChartSectionId
  /** What its rows are, for counts. */
  readonly noun: string
  /** Said only where a table or type of this kind was read. */
  readonly none: string
  /** Whether a part that has no room for all its rows makes the sheet unsafe to rely on. */
  readonly safety: boolean
  /** Why an entry is left out on purpose; null where it is shown. */
  readonly leftOut: (entry: ChartEntry) => string | null
}

const parts: readonly Part[] = [
  {
    title: 'Allergies and intolerances',
    section: 'allergies',
    noun: 'allergy entry',
    none: 'No entry.',
    safety: true,
    // A wrong status of an allergy does harm: each is printed with what is said of it.
    leftOut: () => null,
  },
  {
    title: 'Current medicines',
    section: 'medicines',
    noun: 'medicine',
    none: 'No current medicine stands in the record. Ask the patient.',
    safety: true,
    leftOut: (entry) =>
      isMistake(entry) ??
      (/^(stopped|completed|cancelled|not-taken|draft)\b/i.test(said(entry, 'Status')) ? 'ended or not taken' : null),
  },
  {
    title: 'Problems',
    section: 'problems',
    noun: 'problem',
    none: 'No current problem stands in the record.',
    safety: false,
    leftOut: (entry) =>
      isMistake(entry) ?? (/^(resolved|inactive)\b/i.test(said(entry, 'Clinical status')) ? 'resolved or inactive' : null),
  },
  {
    title: 'Contacts',
    section: 'demographics',
    noun: 'contact',
    none: 'No contact stands in the record.',
    safety: false,
    leftOut: () => null,
  },
  {
    title: 'Last results',
    section: 'results',
    noun: 'result',
    none: 'No result stands in the record.',
    safety: false,
    leftOut: isMistake,
  },
]

/**
 * @param chart of the patient; only its target side is printed
 * @param printedAt RFC 3339, by the clock of the clinic
 * @param target name of the new system
 * @returns null where the new system does not have the patient
 */
export function patientSummary(chart: Chart, printedAt: string, target: string): Sheet | null {
  const person = chart.heading.target
  if (person === null) return null
  const room = { left: pageLines }
  const made = parts.map((part, at) => partOf(chart, part, room, (parts.length - 1 - at) * leastLines))
  const short = made.flatMap(({ missing }) => missing ?? [])
  const when = `${dayText(printedAt)} ${printedAt.slice(11, 16)}`
  return {
    title: person.name ?? 'Name not recorded',
    lead: [
      `Born ${person.birth === null ? absent(chart, 'birth') : written(person.birth)} · sex ${person.sex ?? absent(chart, 'sex')} · number ${person.number ?? 'not recorded'}`,
      ...chart.alarms.map(({ words }) => `STOP: ${words}`),
      ...short,
      `Printed at ${when}; replaces nothing. From the migrated files of ${target} themselves.`,
      'A record on the screen of a review may be a prepared copy and say otherwise; this page never is.',
    ],
    verdict: null,
    sections: made.map(({ section }) => section),
    foot: [`Printed at ${when}; replaces nothing. Ask the patient, write what changes by hand, and enter it afterwards.`],
  }
}

/** What stands in place of a part that was not read: a column that nobody knows may hold it. */
function absent({ known, heading }: Chart, part: 'birth' | 'sex'): string {
  return known && !heading.target?.untold?.includes(part) ? 'not recorded' : 'not known: look in the full record'
}

function partOf(
  chart: Chart,
  part: Part,
  room: { left: number },
  kept: number,
): { section: SheetSection; missing: string | null } {
  const rows = chart.sections.find(({ id }) => id === part.section)?.rows ?? []
  const entries = rows.flatMap(({ id, target }) => (target === null || id === allergyStateRow ? [] : [target]))
  const isKnown = chart.known?.target.includes(part.section) === true
  const said = rows.find(({ id }) => id === allergyStateRow)?.target?.title.text ?? null
  const state = said === allergyStateWords['not-recorded'] && (!isKnown || entries.length > 0) ? null : said
  const none = isKnown
    ? part.none
    : `Which table or type holds ${plural(part.noun)} was not told, or it was not read: look in the full record.`
  const shown = entries.filter((entry) => part.leftOut(entry) === null)
  const cells = rowsOfPart(shown, part.section)
  const fit: Row[] = []
  for (const row of cells) {
    const cost = linesOf(row)
    if (room.left - cost < kept) break
    room.left -= cost
    fit.push(row)
  }
  const more = cells.length - fit.length
  const notes = [
    ...(more > 0 ? [`${counted(more, `more ${part.noun}`, `more ${plural(part.noun)}`)} not on this page.`] : []),
    ...leftOutWords(entries, part),
    ...foldedWords(entries, part.section),
  ]
  return {
    section: {
      title: part.title,
      blocks: [
        ...(state === null ? [] : [lines(`The record says: ${state}.`)]),
        ...(fit.length > 0 ? [table(['What', 'What the record says'], fit)] : state === null ? [lines(none)] : []),
        ...notes.map((note) => lines(note)),
      ],
    },
    missing:
      more > 0 && part.safety ? `NOT COMPLETE: ${counted(more, part.noun, plural(part.noun))} had no room on this page.` : null,
  }
}

function plural(noun: string): string {
  return noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`
}

function leftOutWords(entries: readonly ChartEntry[], { leftOut }: Part): readonly string[] {
  const counts = new Map<string, number>()
  for (const entry of entries) {
    const why = leftOut(entry)
    if (why !== null) counts.set(why, (counts.get(why) ?? 0) + 1)
  }
  return [...counts].map(([why, n]) => `Left out: ${n} ${why}.`)
}

function isMistake(entry: ChartEntry): string | null {
  const states = [said(entry, 'Status'), said(entry, 'Verification')]
  return states.some((text) => /^(entered-in-error|refuted)\b/i.test(text)) ? 'entered in error or refuted' : null
}

function textsOf({ details, unmapped }: ChartEntry): readonly ChartText[] {
  return [...details, ...unmapped]
}

function said(entry: ChartEntry, label: string): string {
  return (
    textsOf(entry)
      .find((text) => text.label === label)
      ?.text.trim() ?? ''
  )
}

/** Numbers of the record and what every entry says alike: they help nobody at a bedside. */
const silent = /^(Identifiers?|Encounter|Patient|Category|Intent|Record in use|Managing organization)\b/

/** What can be called, written to or visited. */
const reach = /contact|telecom|phone|address|relationship|general practitioner|language/i

type Row = readonly [what: string, says: string]

function rowOf(entry: ChartEntry, says: (label: string) => boolean = () => true): Row {
  const texts = textsOf(entry).filter(
    ({ label, text }) => !silent.test(label ?? '') && !(label === 'Verification' && text === 'confirmed') && says(label ?? ''),
  )
  return [marked(entry.title), texts.map((text) => `${text.label ?? ''}: ${marked(text)}`).join('; ')]
}

function rowsOfPart(entries: readonly ChartEntry[], section: ChartSectionId): readonly Row[] {
  if (section === 'results') return lastOfEach(entries)
  if (section !== 'demographics') return entries.map((entry) => rowOf(entry))
  return entries.flatMap((entry) => {
    const row = rowOf(entry, (label) => reach.test(label))
    // Columns in words of another system: what can be called is among all of them.
    const isOwnTable = !/^[A-Z]/.test(entry.place.id ?? '')
    return row[1] !== '' ? [row] : isOwnTable ? [rowOf(entry)] : []
  })
}

/** Says what the rows are: a result whose test is not known hides none of another test. */
function foldedWords(entries: readonly ChartEntry[], section: ChartSectionId): readonly string[] {
  if (section !== 'results' || entries.length === 0) return []
  return entries.every(({ named }) => named)
    ? ['The newest of each kind.']
    : ['The newest of each kind where the mapping tells which column is the code of the test; of others every one.']
}

/** The newest entry of each test, the newest first; those without a day, or of a test that is not told, each. */
function lastOfEach(entries: readonly ChartEntry[]): readonly Row[] {
  const dated = entries.map((entry) => ({ entry, day: dayOf(entry) })).toSorted((a, b) => compareText(b.day, a.day))
  const seen = new Set<string>()
  return dated.flatMap(({ entry, day }) => {
    const name = entry.title.text
    if (entry.named && day !== '' && seen.has(name)) return []
    seen.add(name)
    return [rowOf(entry)]
  })
}

/** When it was taken, as written; empty where nothing says so. */
function dayOf(entry: ChartEntry): string {
  const texts = textsOf(entry).filter(({ text }) => /^\d{4}-\d{2}/.test(text))
  return (texts.find(({ label }) => /^(When|Issued)\b|date/i.test(label ?? '')) ?? texts[0])?.text ?? ''
}

/** The text in one line, its days as people write them, and beside what was misread before how it is meant. */
function marked({ text, marks }: ChartText): string {
  const notes = marks.flatMap(({ kind, reason, reads }) => {
    if (kind === 'no-unit') return ['no unit in the record']
    if (kind === 'tall-man') return reads === null ? [] : [reads]
    return [reads === null ? reason : `means ${reads}`]
  })
  const plain = written(text.replaceAll(/\s+/g, ' ').trim())
  return notes.length === 0 ? plain : `${plain} [${[...new Set(notes)].join('; ')}]`
}

function written(text: string): string {
  return text.replaceAll(
    /\b(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?/g,
    (_, day: string, clock?: string) => `${dayText(day)}${clock === undefined ? '' : ` ${clock}`}`,
  )
}

function linesOf([what, says]: Row): number {
  return Math.max(1, Math.ceil(what.length / width.what), Math.ceil(says.length / width.says))
}
