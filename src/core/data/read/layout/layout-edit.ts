/** Changes to the columns of a fixed-width file: cuts added, taken away and moved, columns named; a layout stays in order and without overlap. */
import type { FixedColumn, FixedLayout } from '../../model/source.ts'

/** One column over the longest of the lines, to be cut. */
export function uncutLayout(lines: readonly string[]): FixedLayout {
  const width = Math.max(1, ...lines.map((line) => Array.from(line).length))
  return { unit: 'characters', columns: [{ name: nameAt(0), start: 0, width }] }
}

/** Begins a column at `at`, or, where one begins there already, joins it with the one before it. Nothing changes beyond the columns. */
export function toggleCut(layout: FixedLayout, at: number): FixedLayout {
  const index = layout.columns.findIndex(({ start }) => start === at)
  if (index > 0) return joinedWithBefore(layout, index)
  if (index === 0) return layout
  const inside = layout.columns.findIndex(({ start, width }) => at > start && at < start + width)
  const column = layout.columns[inside]
  if (!column) return layout
  const { name, start, width } = column
  const parts = [
    { name, start, width: at - start },
    { name: freeName(layout), start: at, width: start + width - at },
  ]
  return { ...layout, columns: layout.columns.toSpliced(inside, 1, ...parts) }
}

/** Takes away the cut before a column; the column before it reaches to its end and keeps its name. */
export function joinedWithBefore(layout: FixedLayout, index: number): FixedLayout {
  const [before, column] = [layout.columns[index - 1], layout.columns[index]]
  if (!before || !column) return layout
  const joined = { ...before, width: column.start + column.width - before.start }
  return { ...layout, columns: layout.columns.toSpliced(index - 1, 2, joined) }
}

/** Moves where a column begins; the column before it ends there, if both touched. Kept between its neighbours. */
export function movedStart(layout: FixedLayout, index: number, to: number): FixedLayout {
  const [before, column] = [layout.columns[index - 1], layout.columns[index]]
  if (!column) return layout
  const least = before ? before.start + 1 : 0
  const start = Math.min(Math.max(Math.trunc(to), least), column.start + column.width - 1)
  const touches = before !== undefined && before.start + before.width === column.start
  return {
    ...layout,
    columns: layout.columns.map((each, i) => {
      if (i === index) return { ...each, start, width: column.start + column.width - start }
      if (i !== index - 1 || !before) return each
      return { ...each, width: touches ? start - before.start : Math.min(before.width, start - before.start) }
    }),
  }
}

export function renamed(layout: FixedLayout, index: number, name: string): FixedLayout {
  return { ...layout, columns: layout.columns.map((each, i) => (i === index ? { ...each, name } : each)) }
}

/** What a person should know before they read with it; null where nothing is wrong. */
export function layoutDoubt({ columns }: FixedLayout): string | null {
  const unnamed = columns.findIndex(({ name }) => name.trim() === '')
  if (unnamed >= 0) return `Column ${unnamed + 1} has no name; schemas and the field map call columns by their names.`
  const names = new Set<string>()
  for (const { name } of columns) {
    if (names.has(name)) return `Two columns are called ${name}.`
    names.add(name)
  }
  return null
}

function freeName({ columns }: FixedLayout): string {
  const names = new Set(columns.map(({ name }: FixedColumn) => name))
  let number = columns.length
  while (names.has(nameAt(number))) number++
  return nameAt(number)
}

function nameAt(index: number): string {
  return `column_${index + 1}`
}
