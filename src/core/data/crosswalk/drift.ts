/** A new extract beside the field map: columns that are new, gone, or probably renamed. Confirmed lines stay as they are until a person decides. */
import { compareText } from '../../finding.ts'
import type { MappingEdit } from './edit.ts'
import type { Mapping } from './mapping/mapping.ts'
import type { ColumnDrift } from './plan/crosswalk.ts'
import { nameLikeness, trigramLikeness } from './suggest/name-likeness.ts'

const likelyRename = 0.6

/** `before` are the columns of the extract the field map was made for, where they are known; else those it names. */
export function columnDrift(
  mapping: Mapping,
  table: string,
  columns: readonly string[],
  before: readonly string[] = namedColumns(mapping, table),
): ColumnDrift {
  const now = new Set(columns)
  const known = new Set([...before, ...namedColumns(mapping, table)])
  const added = columns.filter((column) => !known.has(column))
  const gone = [...known]
    .filter((column) => !now.has(column))
    .map((column) => ({ column, lines: linesNaming(mapping, table, column) }))
  return { table, added, gone, renamed: renames(gone, added) }
}

/** The edit that follows a rename through every line that names the column. */
export function renameEdit(mapping: Mapping, table: string, from: string, to: string): MappingEdit {
  return {
    kind: 'together',
    edits: linesNaming(mapping, table, from).flatMap((at): MappingEdit[] => {
      const line = mapping.fields[at]
      if (!line) return []
      return [{ kind: 'set-line', at, line: { ...line, fields: line.fields.map((field) => (field === from ? to : field)) } }]
    }),
  }
}

/** Lines for columns nobody has spoken of: unmapped, so that they are counted and seen. */
export function addedEdit(table: string, columns: readonly string[]): MappingEdit {
  return {
    kind: 'together',
    edits: columns.map((column) => ({
      kind: 'add-line',
      line: {
        source: table,
        fields: [column],
        rule: '',
        params: new Map(),
        target: '',
        required: false,
        status: 'unmapped',
        reason: '',
        by: '',
      },
    })),
  }
}

function namedColumns(mapping: Mapping, table: string): string[] {
  return [...new Set(mapping.fields.filter(({ source }) => source === table).flatMap(({ fields }) => fields))].filter(
    // A line for all columns of a table names none.
    (field) => field !== '' && field !== '*',
  )
}

function linesNaming(mapping: Mapping, table: string, column: string): number[] {
  return mapping.fields.flatMap(({ source, fields }, i) => (source === table && fields.includes(column) ? [i] : []))
}

/** Each column takes part in one proposal at most, best first. */
function renames(gone: ColumnDrift['gone'], added: readonly string[]): ColumnDrift['renamed'] {
  const pairs = gone
    .flatMap(({ column }) => added.map((to) => ({ from: column, to, score: likeness(column, to) })))
    .filter(({ score }) => score >= likelyRename)
    .sort((a, b) => b.score - a.score || compareText(a.from, b.from) || compareText(a.to, b.to))
  const used = new Set<string>()
  return pairs.flatMap(({ from, to, score }) => {
    if (used.has(`-${from}`) || used.has(`+${to}`)) return []
    used.add(`-${from}`).add(`+${to}`)
    return [{ from, to, score, words: `${from} is gone and ${to} is new; their names are ${Math.round(score * 100)} % alike.` }]
  })
}

function likeness(a: string, b: string): number {
  const bare = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  if (bare(a) === bare(b)) return 1
  return Math.max(nameLikeness(a, b), trigramLikeness(bare(a), bare(b)))
}
