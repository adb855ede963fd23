/** People as a task read them, in the order of the file. */
import { BytesReader, BytesWriter } from '../../values/bytes-log.ts'
import type { LinkPlace } from './linkage-types.ts'
import { comparedFields, type PersonValues } from './people.ts'
import type { PeopleSink } from './read-people.ts'

export class PeopleWriter implements PeopleSink {
  private readonly out = new BytesWriter()

  add(person: PersonValues, { record, line, byte }: Omit<LinkPlace, 'number' | 'id'>, id: string | null): void {
    const { out } = this
    for (const field of comparedFields) this.text(person[field])
    this.text(id)
    for (const number of [record, line, byte]) out.number(number)
  }

  take(): Uint8Array {
    return this.out.take()
  }

  private text(text: string | null): void {
    this.out.number(text === null ? 0 : 1)
    if (text !== null) this.out.text(text)
  }
}

/** @param before records of the input that stand before those that the task counted */
export function replayPeople(bytes: Uint8Array, input: number, before: number, people: PeopleSink): void {
  const reader = new BytesReader(bytes)
  const text = (): string | null => (reader.number() === 0 ? null : reader.text())
  while (!reader.isOver) {
    const values = Object.fromEntries(comparedFields.map((field) => [field, text()])) as PersonValues
    const id = text()
    const record = reader.number() + before
    people.add(values, { input, record, line: reader.number(), byte: reader.number() }, id)
  }
}
