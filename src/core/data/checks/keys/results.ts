/** Results of a table while it is read: columns of numbers, for millions of objects take ten times the room. */

/** Number of the patient of a result that names none. */
export const nobody = -1

export class Results {
  size = 0
  /** Natural logarithms. */
  logs = new Float64Array(16)
  /** Milliseconds since 1970; NaN where a result has no day. */
  moments = new Float64Array(16)
  /** Numbers of patients, from 0. */
  patients = new Int32Array(16)
  /** Numbers under which their places were kept. */
  kept = new Int32Array(16)
  private groupOf = new Int32Array(16)
  private readonly groupNumbers = new Map<string, number>()
  private readonly patientNumbers = new Map<string, number>()

  /** @param group results of one name are compared with each other */
  add(group: string, log: number, patient: string | null, moment: number, kept: number): void {
    if (this.size === this.logs.length) this.grow()
    const at = this.size++
    this.logs[at] = log
    this.moments[at] = moment
    this.patients[at] = patient === null ? nobody : numberOf(this.patientNumbers, patient)
    this.kept[at] = kept
    this.groupOf[at] = numberOf(this.groupNumbers, group)
  }

  /** Places of the results of each group, in the order in which they came; groups in the order of their first results. */
  *groups(): Generator<Uint32Array> {
    const ends = new Uint32Array(this.groupNumbers.size + 1)
    for (let at = 0; at < this.size; at++) {
      const behind = (this.groupOf[at] as number) + 1
      ends[behind] = (ends[behind] as number) + 1
    }
    for (let group = 1; group < ends.length; group++) ends[group] = (ends[group] as number) + (ends[group - 1] as number)
    const next = ends.slice()
    const places = new Uint32Array(this.size)
    for (let at = 0; at < this.size; at++) {
      const group = this.groupOf[at] as number
      const to = next[group] as number
      places[to] = at
      next[group] = to + 1
    }
    for (let group = 0; group + 1 < ends.length; group++) yield places.subarray(ends[group], ends[group + 1])
  }

  logsOf(group: Uint32Array): Float64Array {
    const logs = new Float64Array(group.length)
    for (let i = 0; i < group.length; i++) logs[i] = this.logs[group[i] as number] as number
    return logs
  }

  private grow(): void {
    const length = this.logs.length * 2
    const bigger = <T extends Float64Array | Int32Array>(made: T, old: T): T => {
      made.set(old)
      return made
    }
    this.logs = bigger(new Float64Array(length), this.logs)
    this.moments = bigger(new Float64Array(length), this.moments)
    this.patients = bigger(new Int32Array(length), this.patients)
    this.kept = bigger(new Int32Array(length), this.kept)
    this.groupOf = bigger(new Int32Array(length), this.groupOf)
  }
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name)
  if (known !== undefined) return known
  numbers.set(name, numbers.size)
  return numbers.size - 1
}
