/** Reading problems as sightings: each with its place, the numbers, and nothing of the data outside the excerpt. */

import type { Guess, ReadProblem, Structure } from '../model/events.ts'
import { problemAt, problemIn, type TablePlace } from '../model/read-problem.ts'
import type { FixedLayout } from '../model/source.ts'
import { type DialectGuess, delimiterName, sureMargin } from './layout/dialect.ts'
import type { StrayQuote } from './records/sample-records.ts'
import { contradicted } from './text/encoding.ts'

/** Below this confidence a person should look. */
const sureEncoding = 0.3
/** Fewer rows of equal length than this say that the file is no table in this dialect. */
const regularRows = 0.6

export function dialectProblem(dialect: DialectGuess, place: TablePlace): ReadProblem[] {
  const hidden = dialect.hiddenDelimiter
  if (hidden)
    return [
      problemIn('data/dialect-uncertain', place, { line: 1, byte: 0 }, [
        { name: 'columns read', value: place.header.length },
        { name: `share of lines with a ${delimiterName(hidden.delimiter)}`, value: Math.round(hidden.share * 100), unit: '%' },
      ]),
    ]
  if (dialect.regular < regularRows)
    return [
      problemIn('data/dialect-uncertain', place, { line: 1, byte: 0 }, [
        { name: 'read with', value: delimiterName(dialect.value.delimiter) },
        { name: 'rows of equal length', value: Math.round(dialect.regular * 100), unit: '%' },
      ]),
    ]
  if (dialect.bareQuotes > 0)
    return [
      warned(
        problemIn('data/dialect-uncertain', place, { line: 1, byte: 0 }, [
          { name: 'read with', value: 'no quotation mark, because rows come out alike without one' },
          { name: 'cells that begin with a quotation mark', value: dialect.bareQuotes },
        ]),
      ),
    ]
  if (dialect.margin >= sureMargin) return []
  const next = dialect.alternatives[0]?.value
  const problem = problemIn('data/dialect-uncertain', place, { line: 1, byte: 0 }, [
    { name: 'read with', value: delimiterName(dialect.value.delimiter) },
    { name: 'almost as likely', value: next ? delimiterName(next.delimiter) : null },
    { name: 'margin', value: Math.round(dialect.margin * 100), unit: '%' },
  ])
  return [warned(problem)]
}

/** An encoding that few bytes speak for: they may as well be damage. */
export function encodingProblem(encoding: Guess<string>, place: TablePlace): ReadProblem[] {
  // Damage of UTF-8 is told byte by byte.
  const isDoubtless = encoding.value === 'utf-8' && encoding.confidence > contradicted
  if (encoding.chosen || isDoubtless || encoding.confidence >= sureEncoding) return []
  const others = encoding.alternatives.map(({ value }) => value).join(', ')
  const facts = [
    { name: 'read as', value: encoding.value },
    { name: 'why', value: encoding.evidence.replace(/ \([^()]*\)\.$/, '.') },
    ...(others === '' ? [] : [{ name: 'or', value: others }]),
  ]
  return [problemIn('data/encoding-uncertain', place, { line: 1, byte: 0 }, facts)]
}

/** Columns at fixed places that were found, not given, must be looked at. */
export function fixedProblem(layout: Guess<FixedLayout>, place: TablePlace, at: { line: number; byte: number }): ReadProblem[] {
  if (layout.chosen) return []
  const facts = [
    { name: 'read as', value: 'columns at fixed places' },
    { name: 'columns', value: layout.value.columns.length },
    { name: 'why', value: layout.evidence },
  ]
  const problem = problemIn('data/dialect-uncertain', place, at, facts)
  return [warned(problem)]
}

/** Another table begins in the file. */
export function nextTableProblem(place: TablePlace, at: { line: number; byte: number }): ReadProblem {
  return problemIn('data/several-tables', place, at, [{ name: 'the next table begins at line', value: at.line }])
}

/** A container whose end could not be unpacked. */
export function damageProblem(input: number, why: string): ReadProblem {
  return problemIn('data/damaged-container', { input, header: [] }, null, [{ name: 'it can not be unpacked whole', value: why }])
}

function warned(problem: ReadProblem): ReadProblem {
  return { ...problem, sighting: { ...problem.sighting, severity: 'warning' } }
}

/** Blank and repeated column names, and lines that were passed over before the header. */
export function headerProblems(structure: Structure, place: TablePlace): ReadProblem[] {
  const list: ReadProblem[] = []
  for (const line of structure.skipped)
    if (line.why === 'preamble' || line.why === 'comment')
      list.push(problemIn('data/preamble', place, line, [{ name: 'kind', value: line.why }], line.text))
  const seen = new Set<string>()
  structure.labels.forEach((label, column) => {
    const name = structure.header[column] ?? ''
    const where = { record: 0, line: Math.max(1, structure.bodyLine - 1), byte: 0 }
    if (label === '')
      list.push(problemAt('data/header', place, name, where, [{ name: 'blank column name, read as', value: name }]))
    else if (seen.has(label))
      list.push(
        problemAt(
          'data/header',
          place,
          name,
          where,
          [
            {
              name: 'columns of this name so far',
              value: structure.labels.slice(0, column + 1).filter((each) => each === label).length,
            },
          ],
          label,
        ),
      )
    seen.add(label)
  })
  if (structure.headerRows === 0 && structure.labels.length === 0 && structure.header.length > 0 && !structure.dialect.chosen)
    list.push(
      problemIn('data/no-header', place, { line: structure.bodyLine, byte: structure.bodyByte }, [
        { name: 'why', value: structure.headerEvidence },
      ]),
    )
  return list
}

/** Quotation marks of the header that are not closed or not doubled; `origin` is the offset of the scanned stream in the file. */
export function headerQuotes(strays: readonly StrayQuote[], place: TablePlace, origin: number): ReadProblem[] {
  return strays.map(({ at, line, cell }) => {
    const name = place.header[cell] ?? null
    const facts = [
      { name: 'where', value: 'in the header' },
      { name: 'column read as', value: name },
    ]
    return problemAt('data/stray-quote', place, name, { record: 0, line, byte: origin + at }, facts)
  })
}

const declares: readonly RegExp[] = [
  /^\W*([\d,]+)\s+(?:rows?|records?|lines?)\b.{0,40}$/i,
  /^\s*(?:TRL|TRAILER|TRAIL|EOF|FTR)\s*[|,;\t~^]\s*0*(\d+)/i,
  /^\W*(?:(?:total|number|count)\s+(?:of\s+)?)?(?:rows?|records?)(?:\s+(?:count|total|exported|selected|returned))?\s*[:=|,;\t]\s*"?([\d,]+)"?\W*$/i,
]

/** A last line that is no record; a count it declares becomes a control total. */
export function footerOf(text: string): { readonly declared: number | null } | null {
  for (const form of declares) {
    const declared = form.exec(text)?.[1]
    if (declared !== undefined) return { declared: Number(declared.replaceAll(',', '')) }
  }
  if (/^\s*(grand\s+)?totals?\s*[:|,;\t]/i.test(text) || text.trim() === '\x1a') return { declared: null }
  if (/^\W*end\s+of\s+(report|file|data|extract|export|list)\b\W*$/i.test(text)) return { declared: null }
  return null
}
