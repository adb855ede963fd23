/** Which records a run would not load, and by which codes: one bit per record and code, whatever the number of findings. */

import { Bits } from '../../bits.ts'
import { compareText, type Severity, type Sighting } from '../../finding.ts'
import { isOfRecord } from '../blast-radius/record-patient.ts'
import type { SightingWatch } from '../blast-radius/report-sink.ts'

/** A record is rejected by any finding of severity error or critical in it. */
export class RejectedRecords implements SightingWatch {
  /** Tables are known by record, files of JSON by line. */
  private readonly records = new Map<string, Bits>()
  private readonly lines = new Map<string, Bits>()

  see({ at, code }: Sighting, _place: string, severity: Severity): void {
    if (severity !== 'error' && severity !== 'critical') return
    if (at.kind === 'cell' && at.record > 0 && isOfRecord(code)) add(this.records, at.input, code, at.record)
    if ((at.kind === 'cell' || at.kind === 'input') && at.line !== null) add(this.lines, at.input, code, at.line)
  }

  /** Rejected records of a table, each once. */
  count(input: number): number {
    const all = new Bits()
    for (const [name, bits] of this.records) if (JSON.parse(name)[0] === input) all.include(bits)
    return all.size
  }

  /** Codes that reject a record of a table, or a line of JSON, in code order; empty where it is accepted. */
  reader(input: number, by: 'record' | 'line'): (number: number) => readonly string[] {
    const own: (readonly [string, Bits])[] = []
    for (const [name, bits] of by === 'record' ? this.records : this.lines) {
      const [of, code] = JSON.parse(name) as [number, string]
      if (of === input) own.push([code, bits])
    }
    own.sort(([a], [b]) => compareText(a, b))
    return (number) => own.filter(([, bits]) => bits.has(number)).map(([code]) => code)
  }
}

function add(map: Map<string, Bits>, input: number, code: string, number: number): void {
  const name = JSON.stringify([input, code])
  const bits = map.get(name) ?? new Bits()
  bits.add(number)
  map.set(name, bits)
}
