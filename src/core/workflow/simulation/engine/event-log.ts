/** What happened in one replication, as columns of an event log: case, activity, time, begin or end, person and role. */
import { widerBytes, widerFloats, widerInts } from './wider.ts'

export class EventLog {
  private cases = new Int32Array(1024)
  private nodes = new Int32Array(1024)
  private people = new Int32Array(1024)
  private times = new Float64Array(1024)
  private ends = new Uint8Array(1024)
  length = 0
  /** Visits that ended before work began: a log of work does not hold them, following one case does. */
  readonly departures: Departure[] = []

  /** @param person number of the person in the role, from 1; 0 where nobody works */
  add(number: number, node: number, time: number, end: boolean, person: number): void {
    if (this.length === this.cases.length) this.grow()
    const at = this.length++
    this.cases[at] = number
    this.nodes[at] = node
    this.times[at] = time
    this.people[at] = person
    this.ends[at] = end ? 1 : 0
  }

  at(index: number): LoggedEvent {
    return {
      case: this.cases[index] as number,
      node: this.nodes[index] as number,
      time: this.times[index] as number,
      person: this.people[index] as number,
      end: this.ends[index] === 1,
    }
  }

  private grow(): void {
    this.cases = widerInts(this.cases)
    this.nodes = widerInts(this.nodes)
    this.people = widerInts(this.people)
    this.times = widerFloats(this.times)
    this.ends = widerBytes(this.ends)
  }
}

/** A case that left a step without being worked on: it gave up, or its time was over. */
export interface Departure {
  readonly case: number
  readonly node: number
  readonly arrived: number
  readonly time: number
}

export interface LoggedEvent {
  readonly case: number
  readonly node: number
  readonly time: number
  readonly person: number
  readonly end: boolean
}
