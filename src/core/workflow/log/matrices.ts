/** Who or what follows whom, as matrices: activities, and roles handing over; every cell keeps where it was seen. */
import { namesRoles } from './columns.ts'
import type { Instances } from './instances.ts'
import { quantile } from './quantile.ts'

/** Where a cell was counted: case by its number in the log from 1, and the gap in seconds; null where a time is missing. */
export interface Seen {
  readonly case: number
  readonly seconds: number | null
}

export interface MatrixCell {
  readonly from: number
  readonly to: number
  readonly n: number
  readonly cases: number
  readonly medianSeconds: number | null
  /** The first ones. */
  readonly seen: readonly Seen[]
}

export interface Matrix {
  /** Rows and columns; from and to of the cells count these. */
  readonly names: readonly string[]
  /** Most frequent first. */
  readonly cells: readonly MatrixCell[]
  /** Neighbours of which one has no name. */
  readonly unknown: number
}

export interface Matrices {
  readonly precedence: Matrix
  /** By the column that holds roles, groups or departments; null where the log has none. */
  readonly roles: (Matrix & { readonly column: string }) | null
}

/** Cells listed, and places kept of each; counts are exact. */
const listed = 400
const kept = 20

export function matricesOf(instances: Instances): Matrices {
  const { log, event, activity } = instances
  const column = log.eventAttributes.find(({ name }) => namesRoles(name))
  const codes = column && event.map((i) => column.codes[i] ?? -1)
  return {
    precedence: matrixOf(instances, activity, log.activities),
    roles: column && codes ? { column: column.name, ...matrixOf(instances, codes, column.values) } : null,
  }
}

function matrixOf({ caseStart, begin, end }: Instances, codes: Int32Array, names: readonly string[]): Matrix {
  const cells = new Map<number, { n: number; cases: number; last: number; gaps: number[]; seen: Seen[] }>()
  let unknown = 0
  for (let c = 0; c + 1 < caseStart.length; c++)
    for (let i = (caseStart[c] as number) + 1; i < (caseStart[c + 1] as number); i++) {
      const [from, to] = [codes[i - 1] as number, codes[i] as number]
      if (from < 0 || to < 0) {
        unknown++
        continue
      }
      const key = from * names.length + to
      const cell = cells.get(key) ?? { n: 0, cases: 0, last: -1, gaps: [], seen: [] }
      cells.set(key, cell)
      const start = Number.isNaN(begin[i]) ? (end[i] as number) : (begin[i] as number)
      const seconds = Math.max(0, (start - (end[i - 1] as number)) / 1000)
      cell.n++
      if (cell.last !== c) cell.cases++
      cell.last = c
      if (!Number.isNaN(seconds)) cell.gaps.push(seconds)
      if (cell.seen.length < kept) cell.seen.push({ case: c + 1, seconds: Number.isNaN(seconds) ? null : seconds })
    }
  const list = [...cells].map(
    ([key, { n, cases, gaps, seen }]): MatrixCell => ({
      from: Math.floor(key / names.length),
      to: key % names.length,
      n,
      cases,
      medianSeconds:
        gaps.length === 0
          ? null
          : quantile(
              gaps.sort((a, b) => a - b),
              0.5,
            ),
      seen,
    }),
  )
  list.sort((a, b) => b.n - a.n || a.from - b.from || a.to - b.to)
  return { names, cells: list.slice(0, listed), unknown }
}
