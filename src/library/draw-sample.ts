/** A sample of records, drawn so that everybody can draw it again. */
import { counted } from '../core/counted.ts'
import { draw, ticketsDigest } from '../core/review/draw/draw.ts'
import { buildFrame, type Frame, frameDigest } from '../core/review/draw/frame.ts'
import { allocate } from '../core/review/plan/sampling-plan.ts'
import { InvalidInput } from './invalid-input.ts'

/**
 * A record that could be drawn.
 *
 * @public
 */
export interface SampleUnit {
  /** Not empty, without control characters, once per stratum. A keyed hash, where an id would name a patient. */
  readonly id: string
  /** Lower-case letters, digits and hyphens, at most 64; `all` where it is left out. */
  readonly stratum?: string
}

/**
 * What is drawn.
 *
 * @public
 */
export interface SampleRequest {
  /** Every record that could be drawn, in any order. */
  readonly units: Iterable<SampleUnit>
  /** 20 decimal digits, rolled after the digest of the frame was published. */
  readonly seed: string
  /** Records in all, shared among strata in proportion to their sizes; or records of each stratum by name. */
  readonly n: number | Readonly<Record<string, number>>
}

/**
 * A drawn record.
 *
 * @public
 */
export interface DrawnUnit {
  /** As it was given. */
  readonly id: string
  /** As it was given, or `all`. */
  readonly stratum: string
  /** SHA-256 of seed, stratum and id (hexadecimal): the key that records are sorted by. */
  readonly ticket: string
}

/**
 * A sample.
 *
 * @public
 */
export interface SampleDraw {
  /** Digest of all units (`sha256:…`), whatever their order. */
  readonly frame: string
  /** As it was given. */
  readonly seed: string
  /** By stratum, then by ticket: the order in which they are read. */
  readonly records: readonly DrawnUnit[]
  /** Digest of the drawn records (`sha256:…`). */
  readonly tickets: string
}

/**
 * Draws records: whoever has the same units and seed draws the same ones in the same order.
 *
 * @param request - all units, the seed and how many
 * @returns the drawn records with the digests that prove them
 * @throws {@link InvalidInput} where units repeat, the seed is no 20 digits, or more is asked for than there is
 * @public
 */
export function drawSample({ units, seed, n }: SampleRequest): SampleDraw {
  const pairs = Array.from(units, ({ id, stratum = 'all' }) => [stratum, id] as const)
  const built = buildFrame(pairs)
  if (!built.ok) throw new InvalidInput('units', built.problems.join(' '))
  const drawn = draw(built.frame, seed, countsOf(n, built.frame))
  if (!drawn.ok) throw new InvalidInput(/^The seed/.test(drawn.problem) ? 'seed' : 'n', drawn.problem)
  const records = drawn.records.map(({ id, stratum, ticket }) => ({ id, stratum, ticket }))
  return { frame: frameDigest(built.frame), seed, records, tickets: ticketsDigest(records) }
}

function countsOf(n: SampleRequest['n'], { strata }: Frame): ReadonlyMap<string, number> {
  const given = typeof n === 'number' ? [n] : Object.values(n)
  for (const count of given)
    if (!Number.isSafeInteger(count) || count < 0)
      throw new InvalidInput('n', `n holds ${String(count)}; it takes whole numbers from 0 up.`)
  if (typeof n !== 'number') return new Map(Object.entries(n))
  const sizes = strata.map(({ id, records }) => ({ id, size: records.length, minimum: 0 }))
  const size = sizes.reduce((sum, stratum) => sum + stratum.size, 0)
  if (n > size) throw new InvalidInput('n', `n is ${n}; there ${size === 1 ? 'is' : 'are'} ${counted(size, 'unit')}.`)
  return allocate(n, sizes)
}
