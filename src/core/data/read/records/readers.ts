/** Which readers of plain records may be used beside the careful one. Tests switch them off, to compare what each of them finds. */
export const readers = {
  /** Blocks by the SIMD kernel. */
  index: true,
  /** Blocks and single records by places. */
  plain: true,
}
