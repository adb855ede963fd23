/** Which file and which reading the records of an input come from, so that they can be read again as they are. */
import type { ByteSource } from '../../operation.ts'
import { isTableFormat, nameOfInput, type ReadingChoices, type SourceFormat } from '../model/source.ts'
import type { ValidateResult, ValidateSource } from '../model/validation.ts'

export interface RejectSource {
  readonly source: ByteSource
  readonly reading: ReadingChoices
}

/** A further table of a file is an input of its own behind those that were given: it is found by the name and digest of its file. */
export function rejectSource(inputs: readonly ValidateSource[], result: ValidateResult, index: number): RejectSource | null {
  const given = inputs[index]
  if (given) return given
  const later = result.inputs[index]
  const table = later?.structure?.table ?? 1
  const at = inputs.findIndex(({ source, reading, side }, other) => {
    const name = `${nameOfInput(source.name, reading)}#${table}`
    return name === later?.name && side === later.side && result.inputs[other]?.sha256 === later.sha256
  })
  const file = inputs[at]
  return file && table > 1 ? { source: file.source, reading: { ...file.reading, tableNumber: table } } : null
}

/** Records of these formats stand by themselves, so that some of them can be written without the others; rows of a sheet or dump as CSV. */
export function hasRejects(format: SourceFormat | null): boolean {
  return format === 'ndjson' || isTableFormat(format)
}
