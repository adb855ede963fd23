/** Why a draw is made: each purpose has its own stream of numbers, so that one kind of luck never shifts another. */
export const purpose = {
  arrival: 1,
  service: 2,
  route: 3,
  delay: 4,
  thinning: 5,
  patience: 6,
  attribute: 7,
  retry: 8,
  cut: 9,
  rebook: 10,
} as const

/** Visits of a case that share one stream of numbers; after them the stream changes, so that no draw comes back. */
export const visitsPerStream = 64
