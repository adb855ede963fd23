/**
 * Files of an export in an order in which few references wait: what others refer to comes first.
 * The findings are the same in any order, but for what names the place that was read first: of two records with one id, the later one is told.
 */

/** Most referred to first. */
const targets = ['Patient', 'Organization', 'Practitioner', 'PractitionerRole', 'Location', 'Encounter']

/** By the type that the name of a file tells, such as `Patient.ndjson` or `3.Patient.ndjson.gz`; all others come last. */
export function rankOf(name: string): number {
  const words = name.split(/[^A-Za-z]+/)
  const rank = targets.findIndex((type) => words.includes(type))
  return rank < 0 ? targets.length : rank
}
