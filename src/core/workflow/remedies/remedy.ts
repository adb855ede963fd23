/** One change that a finding asks for, as a command that can be tried on a copy. */
import type { Command } from '../edit/edit.ts'
import type { Node } from '../map/workflow.ts'

/** `label` says what one would do, for a person: “Do without “Sign slip””. */
export interface Remedy {
  readonly label: string
  readonly command: Command
  /** What somebody has to be asked before it is taken over; empty where nothing speaks against it. */
  readonly asks: readonly string[]
}

/** “Sign slip” and “File copy”: steps as a label names them. */
export function named(steps: readonly Node[]): string {
  return steps.map(({ label }) => `“${label}”`).join(' and ')
}
