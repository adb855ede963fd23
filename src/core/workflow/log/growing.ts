/** Columns of numbers that grow while a file is read: twice as long whenever they are full, no object per value. */

/** Whole numbers of 32 bits. */
export class Integers {
  length = 0
  private values: Int32Array<ArrayBuffer> = new Int32Array(1024)

  push(value: number): void {
    if (this.length === this.values.length) this.values = longer(this.values, new Int32Array(this.length * 2))
    this.values[this.length++] = value
  }

  /** Fills with `value` up to a length. */
  fillTo(length: number, value: number): void {
    while (this.length < length) this.push(value)
  }

  /** Forgets what was pushed last. */
  pop(): void {
    this.length--
  }

  /** What was pushed; a view that later pushes may leave behind. */
  done(): Int32Array {
    return this.values.subarray(0, this.length)
  }
}

/** Doubles; NaN stands for nothing. */
export class Doubles {
  length = 0
  private values: Float64Array<ArrayBuffer> = new Float64Array(1024)

  push(value: number): void {
    if (this.length === this.values.length) this.values = longer(this.values, new Float64Array(this.length * 2))
    this.values[this.length++] = value
  }

  /** Puts these over what was pushed first. */
  overwrite(values: Float64Array): void {
    this.values.set(values)
  }

  done(): Float64Array {
    return this.values.subarray(0, this.length)
  }
}

function longer<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from)
  return to
}
