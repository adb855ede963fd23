/** Kinds of members that the documents of a workflow share. A member that nobody gave is null, or false. */
import * as v from 'valibot'
import { takes } from '../../values/partial-document.ts'
import { distribution, distributionNames, flawOf } from './distribution.ts'

export const text = v.nullish(v.string(), null)
export const flag = v.nullish(v.boolean(), false)
export const texts = v.array(v.string())

/** A number of at least this size. */
// @__NO_SIDE_EFFECTS__
export function from(least: number) {
  return v.pipe(v.number(), v.minValue(least))
}

/** A number that is rounded to a whole one. */
export const whole = v.pipe(v.number(), v.transform(Math.round))

/** A length of time in seconds. */
export const time = v.pipe(
  distribution,
  v.check((given) => flawOf(given) === null),
  takes((value) => {
    const flaw = v.is(distribution, value) ? flawOf(value) : null
    const all = `a distribution (${distributionNames.join(', ')})`
    return flaw === null ? all : `${all} of possible times, and here ${flaw}`
  }),
)

export const duration = v.nullish(time, null)
