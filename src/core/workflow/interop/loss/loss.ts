/** What an exchange with another format could not carry over as it was: never silent, one line per object. */

export interface Loss {
  /** Id of the object in the file it came from. */
  readonly id: string
  readonly what: string
  readonly why: string
}

/** How much a file holds; the two sides of a conversion are compared by it. */
export interface DrawingCounts {
  /** Activities, sub-processes and calls included. */
  readonly tasks: number
  readonly events: number
  readonly gateways: number
  readonly flows: number
  readonly lanes: number
  readonly shapes: number
}
