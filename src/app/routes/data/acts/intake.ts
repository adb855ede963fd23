/** What became of files that were chosen or dropped together: found again, changed, added, attached, left out. */
import { create } from 'zustand'

export interface Intake {
  /** Sources whose file is the one the project knows. */
  readonly same: readonly string[]
  /** Sources whose file is another one than the project knows. */
  readonly changed: readonly string[]
  readonly added: readonly string[]
  /** Schemas, each with what it was attached to and what it could not place. */
  readonly schemas: readonly string[]
  /** Files that do not look like data, or that the project does not ask for. */
  readonly leftOut: readonly string[]
}

const useIntakes = create<{ readonly project: string | null; readonly intake: Intake | null }>()(() => ({
  project: null,
  intake: null,
}))

export function useIntake(project: string | null): Intake | null {
  return useIntakes((state) => (state.project === project ? state.intake : null))
}

/** Shown until it is closed, or more files come. */
export function showIntake(project: string, intake: Intake): void {
  const { same, changed, added, schemas, leftOut } = intake
  const empty = [same, changed, added, schemas, leftOut].every((list) => list.length === 0)
  useIntakes.setState({ project, intake: empty ? null : intake })
}

export function closeIntake(): void {
  useIntakes.setState({ intake: null })
}
