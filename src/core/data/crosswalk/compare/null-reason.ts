/** Texts that say why nothing is recorded, with the reason they give (HL7 v3 nullFlavor, FHIR data-absent-reason). */

const reasons: ReadonlyMap<string, string> = new Map(
  Object.entries({
    unknown: 'unknown unk u',
    'asked-unknown': 'asku asked-unknown',
    'not-asked': 'nask not-asked',
    'not-applicable': 'n/a na not-applicable',
    masked: 'msk masked restricted confidential',
    'temp-unknown': 'nav temp-unknown pending',
  }).flatMap(([reason, words]) => words.split(' ').map((word) => [word, reason] as const)),
)

/** The reason, or null where the text is a value. "None", "NKDA" and "denies" are statements, not nulls. */
export function nullReason(text: string): string | null {
  if (text.length > 16) return null
  const word = text.trim().toLowerCase().replace(/,? +/g, '-')
  return word.length < 2 ? null : (reasons.get(word) ?? null)
}
