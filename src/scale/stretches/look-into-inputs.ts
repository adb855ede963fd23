/** The task `open` of verbs that judge no file by itself: what each input is, and what it took to know that. */
import type { ReadingChoices, SourceFormat } from '../../core/data/model/source.ts'
import { lookInto, readAs } from '../../core/data/read/look-into.ts'
import { openTable } from '../../core/data/read/table.ts'
import type { ByteSource } from '../../core/operation.ts'
import type { TaskWork } from '../spread-verb.ts'
import { writeJson } from '../work-folder.ts'
import { countedFolder } from './counted-folder.ts'
import { type FoundForm, type OpenPart, openedInput, openPieces } from './opened.ts'
import { RememberedSource } from './remembered-source.ts'
import { writePieces } from './shuffled.ts'

export interface GivenInput {
  readonly source: ByteSource
  readonly format: SourceFormat | null
  readonly reading: ReadingChoices
}

export async function lookIntoInputs(
  name: string,
  given: readonly GivenInput[],
  work: TaskWork,
  signal: AbortSignal,
): Promise<void> {
  const sources = given.map(({ source }) => new RememberedSource(source, [], work.read, true))
  const forms: FoundForm[] = []
  for (const [input, source] of sources.entries())
    forms.push(await formOf({ ...(given[input] as GivenInput), source }, input, signal))
  const heads = sources.map(({ remembered }) => remembered)
  const ends = await writePieces(work, name, openPieces(heads, []))
  const part: OpenPart = { inputs: forms.map((form, i) => openedInput(form, heads[i] ?? [], false)), ends }
  await writeJson(countedFolder(work), `parts/${name}.json`, part)
}

async function formOf({ source, format, reading }: GivenInput, input: number, signal: AbortSignal): Promise<FoundForm> {
  const { recognised, content } = await lookInto(source, reading, signal)
  const isPacked = content !== null && content.source !== source
  const found = recognised.kind === 'format' ? (readAs(format) ?? recognised.format) : null
  // The second table of a file is found by reading the first.
  if (content === null || reading.tableNumber !== undefined || (found !== 'csv' && found !== 'ndjson'))
    return { form: 'other', isPacked, structure: null, canBeCut: false }
  if (found === 'ndjson') return { form: 'lines', isPacked, structure: null, canBeCut: false }
  const { structure, readFrom } = await openTable(content.source, content.reading, input, signal)
  return { form: 'table', isPacked, structure, canBeCut: readFrom !== null }
}
