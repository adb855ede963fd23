/**
 * Which records of a table the watches see that judge a column by what is usual in it: a matter of the record's number alone, so that the
 * sample is the same whatever the chunks, and tasks that know a stretch take the same one. It grows with the logarithm of the table.
 */

/** All records up to here, then every sixteenth. */
export const wholeRecords = 20_000
const sampleMask = 15
/** From here on half as many of each next doubling: 32,768 records of every doubling. */
const thinnedFrom = 2 ** 20

/** A record behind the whole ones is in the sample where these bits of its number are 0. */
export function sampleMaskAt(record: number): number {
  return record < thinnedFrom ? sampleMask : ((sampleMask + 1) << (32 - Math.clz32(record / thinnedFrom))) - 1
}

/** The next record that has another mask. */
export function nextThinning(record: number): number {
  let next = thinnedFrom
  while (next <= record) next *= 2
  return next
}

export function isInSample(record: number): boolean {
  return record <= wholeRecords || (record & sampleMaskAt(record)) === 0
}
