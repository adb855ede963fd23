/** Tables as text to states and profiles of their columns. */

import { fieldProfileOf } from '../../../../src/core/data/columns/field-profile-of.ts'
import type { GroupColumns } from '../../../../src/core/data/columns/grouping.ts'
import { groupsOf, type TableState } from '../../../../src/core/data/columns/table-profiler.ts'
import type { FieldProfile } from '../../../../src/core/data/model/field-profile.ts'
import type { ReadingChoices } from '../../../../src/core/data/model/source.ts'
import { profilerOf } from '../../../../src/core/data/profile/profile.ts'
import { openTable } from '../../../../src/core/data/read/table.ts'
import type { TableSink } from '../../../../src/core/data/read/table-body.ts'
import { type ByteSource, bytesSource } from '../../../../src/core/operation.ts'
import { signal } from '../reading.ts'

/** Choices that leave nothing to be guessed from a few rows. */
export const plainly: ReadingChoices = { encoding: 'utf-8', delimiter: ',', quote: '"', headerRows: 1, skipRows: 0 }

export function csvOf(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`
  return [header, ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')
}

export async function stateOf(
  content: string | Uint8Array | ByteSource,
  reading: ReadingChoices = plainly,
  groups: GroupColumns = {},
  withBlocks = true,
): Promise<TableState> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const source = bytes instanceof Uint8Array ? bytesSource('table.csv', bytes) : bytes
  const open = await openTable(source, reading, 0, signal)
  const profiler = profilerOf({ table: 'table', schema: null, reading }, open.structure, open.encoding, groups)
  const sink: TableSink = {
    record: (view, whole, byteOf) => {
      if (whole) profiler.see(view, byteOf)
    },
    block: withBlocks ? (block, byteOf) => profiler.seeBlock(block, byteOf) : undefined,
    problem() {},
    end() {},
  }
  for await (const _ of open.read(sink, signal));
  return profiler.finish()
}

export function profilesOf(state: TableState): FieldProfile[] {
  return state.columns.map((column, i) => fieldProfileOf(column, groupsOf(state, i)))
}
