/** What is known of one input while a validation goes on. */
import type { ByteSource } from '../../operation.ts'
import type { ReadStatus, Structure } from '../model/events.ts'
import { nameOfInput, type SourceFormat } from '../model/source.ts'
import type { InputReport, ValidateSource } from '../model/validation.ts'
import { formatOf, readAs } from '../read/look-into.ts'
import type { TableOrigin } from '../read/table.ts'
import type { TableRun } from './table-run.ts'

export class InputState {
  format: SourceFormat | null
  sha256: string | null = null
  sha256Blocks: string | null = null
  structure: Structure | null = null
  records = 0
  status: ReadStatus = 'unreadable'
  /** Read as far as it could be. */
  ended = false
  readonly types = new Map<string, number>()
  table: TableRun | null = null
  /** As given, until a container is looked into: then what is inside it. */
  given: ValidateSource
  /** The file as given: reports speak of its name, bytes and digest. */
  readonly file: ByteSource
  /** Which table of the file, where it is not the first; its problems of the file are told already. */
  readonly origin: TableOrigin | null
  readonly index: number
  readonly name: string
  /** What bytes and lines of places are counted in, where that is not the file itself. */
  places: string | null = null
  damage: () => string | null = () => null

  constructor(
    given: ValidateSource,
    index: number,
    later?: { readonly file: ByteSource; readonly name: string; readonly origin: TableOrigin },
  ) {
    this.given = given
    this.index = index
    this.format = readAs(given.format)
    this.file = later?.file ?? given.source
    this.origin = later?.origin ?? null
    this.name = later?.name ?? nameOfInput(given.source.name, given.reading)
  }

  report(): InputReport {
    const { table, side } = this.given
    const { structure, records, status, name, file, places, sha256Blocks } = this
    const format = formatOf(this.format, structure)
    return {
      name,
      table,
      side,
      format,
      bytes: file.size,
      sha256: this.sha256,
      ...(sha256Blocks === null ? {} : { sha256Blocks }),
      structure,
      records,
      status,
      ...(places === null ? {} : { places }),
    }
  }
}

/** Files of both sides may have one name; a finding of one is not a finding of the other. */
export function sidedName({ name, given: { side } }: InputState): string {
  return side === null ? name : `${side}/${name}`
}
