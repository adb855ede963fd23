/** The one error that callers are meant to catch. */

/**
 * What was given can not be used. `message` is a sentence for a person: what is wrong, where, and what to do.
 * Defects in data are never thrown: they are findings of a report.
 *
 * @public
 */
export class InvalidInput extends Error {
  /** Which member of the argument is meant, such as `seed` or `tables[1].data`. */
  readonly place: string

  /** @internal */
  constructor(place: string, sentence: string) {
    super(sentence)
    this.name = 'InvalidInput'
    this.place = place
  }
}
