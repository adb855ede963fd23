/** The line of a map in the history: commands, each with its inverse, as far as they lead to the map that is there. */
import type { Command } from '../../../../core/workflow/edit/edit.ts'
import type { EditPlace } from '../../../session/edit-line.ts'
import { workspace } from '../../../session/state.ts'

export function mapLine(id: string): Pick<EditPlace<Command>, 'place' | 'on'> {
  return { place: `map ${id}`, on: () => workspace().workflows.get(id) }
}
