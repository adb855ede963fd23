/**
 * Single sampling plans of ISO 2859-1 / ANSI Z1.4 (normal and tightened), offered because people know them. Reduced inspection is left out.
 * They protect the producer and assume a series of lots with switching rules; a migration is one lot (review.md §3).
 */

/** What stands beside every size that comes from these tables. */
export const lotInspectionLabel =
  'This plan protects the producer and assumes a series of lots with switching rules. A migration is one lot: it proves no tolerable share.'

/** AQL in percent, as printed. */
export const acceptableLevels: readonly string[] = [
  '0.010',
  '0.015',
  '0.025',
  '0.040',
  '0.065',
  '0.10',
  '0.15',
  '0.25',
  '0.40',
  '0.65',
  '1.0',
  '1.5',
  '2.5',
  '4.0',
  '6.5',
  '10',
  '15',
  '25',
  '40',
  '65',
  '100',
  '150',
  '250',
  '400',
  '650',
  '1000',
]

export const inspectionLevels = ['S-1', 'S-2', 'S-3', 'S-4', 'I', 'II', 'III'] as const

export type InspectionLevel = (typeof inspectionLevels)[number]

const letters = 'ABCDEFGHJKLMNPQR'
const sizes = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000]

/** Largest lot of each row of code letters, and the letters by inspection level. */
const codeRows: readonly (readonly [number, string])[] = [
  [8, 'AAAAAAB'],
  [15, 'AAAAABC'],
  [25, 'AABBBCD'],
  [50, 'ABBCCDE'],
  [90, 'BBCCCEF'],
  [150, 'BBCDDFG'],
  [280, 'BCDEEGH'],
  [500, 'BCDEFHJ'],
  [1200, 'CCEFGJK'],
  [3200, 'CDEGHKL'],
  [10_000, 'CDFGJLM'],
  [35_000, 'CDFHKMN'],
  [150_000, 'DEGJLNP'],
  [500_000, 'DEGJMPQ'],
  [Number.POSITIVE_INFINITY, 'DEHKNQR'],
]

/** The code letter of a lot of at least two units. */
export function codeLetterOf(lot: number, level: InspectionLevel): string {
  const row = codeRows.find(([largest]) => lot <= largest)
  return row?.[1].charAt(inspectionLevels.indexOf(level)) ?? ''
}

export interface LotPlan {
  /** The letter of the plan reached after following the arrows of the table. */
  readonly letter: string
  readonly n: number
  readonly acceptAt: number
  readonly rejectAt: number
}

/** Acceptance numbers along the diagonals of the table: letter and level together decide, from this sum on; null is an arrow. */
const ladders = {
  normal: { from: 14, numbers: [0, null, null, 1, 2, 3, 5, 7, 10, 14, 21, 30, 44] },
  tightened: { from: 15, numbers: [0, null, null, 1, 2, 3, 5, 8, 12, 18, 27, 41] },
} as const

export type Inspection = keyof typeof ladders

/** The plan for a letter and an AQL; null where the table has none. */
export function lotPlan(letter: string, level: string, inspection: Inspection): LotPlan | null {
  const row = letters.indexOf(letter)
  const column = acceptableLevels.indexOf(level)
  if (row < 0 || column < 0 || letter === '') return null
  const order = arrowUp(row, column, inspection) ? [...upFrom(row), ...downFrom(row)] : [...downFrom(row), ...upFrom(row)]
  for (const at of order) {
    const acceptAt = numberAt(at, column, inspection)
    if (acceptAt !== null) return { letter: letters.charAt(at), n: sizes[at] ?? 0, acceptAt, rejectAt: acceptAt + 1 }
  }
  return null
}

function upFrom(row: number): number[] {
  return Array.from({ length: row + 1 }, (_, step) => row - step)
}

function downFrom(row: number): number[] {
  return Array.from({ length: letters.length - row }, (_, step) => row + step)
}

function numberAt(row: number, column: number, inspection: Inspection): number | null {
  const { from, numbers } = ladders[inspection]
  const step = row + column - from
  if (row + column > lastSum(column, inspection)) return null
  // Under tightened inspection the smallest sample has no plan for no error: the table points down.
  if (inspection === 'tightened' && step === 0 && row === 0) return null
  return numbers[step] ?? null
}

/** Columns for small shares end earlier: their longest ladders are left out of the table. */
function lastSum(column: number, inspection: Inspection): number {
  const { from, numbers } = ladders[inspection]
  const steps = column >= 22 ? 0 : column === 21 ? 1 : 2
  return from + numbers.length - 1 - steps
}

/** Past the longest ladder, and under normal inspection right after the plan without errors, the arrow points to smaller samples. */
function arrowUp(row: number, column: number, inspection: Inspection): boolean {
  const sum = row + column
  return sum > lastSum(column, inspection) || (inspection === 'normal' && sum === ladders.normal.from + 1 && row > 0)
}
