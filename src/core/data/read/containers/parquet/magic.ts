/** What a Parquet file begins and ends with. */

/** `PAR1`. */
export const magic = 0x31524150
/** `PARE`: the list of columns is encrypted. */
export const sealedMagic = 0x45524150

export function isParquet(head: Uint8Array): boolean {
  return head.length >= 4 && (wordAt(head, 0) === magic || wordAt(head, 0) === sealedMagic)
}

/** Four bytes, the lowest first. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true)
}
