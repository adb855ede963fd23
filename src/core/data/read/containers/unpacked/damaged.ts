/** Why a container could not be unpacked to its end: completes the sentence "… can not be unpacked whole: ". */
export class Damaged extends Error {
  /** What was unpacked before the damage and not handed on yet. */
  readonly rest: readonly Uint8Array[]
  constructor(why: string, rest: readonly Uint8Array[] = []) {
    super(why)
    this.name = 'Damaged'
    this.rest = rest
  }
}
