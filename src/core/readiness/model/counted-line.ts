/** A line of an input file that a drawn number counts. */

import type { InputKind } from '../input-files/files.ts'

export interface CountedLine {
  readonly kind: InputKind
  readonly line: number
  /** What the line says, in words without names of persons. */
  readonly words: string
}
