/** Typed arrays of twice the length, with what the old ones held. */

export function widerInts(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2)
  to.set(from)
  return to
}

export function widerFloats(from: Float64Array): Float64Array<ArrayBuffer> {
  const to = new Float64Array(from.length * 2)
  to.set(from)
  return to
}

export function widerShorts(from: Uint16Array): Uint16Array<ArrayBuffer> {
  const to = new Uint16Array(from.length * 2)
  to.set(from)
  return to
}

export function widerBytes(from: Uint8Array): Uint8Array<ArrayBuffer> {
  const to = new Uint8Array(from.length * 2)
  to.set(from)
  return to
}
