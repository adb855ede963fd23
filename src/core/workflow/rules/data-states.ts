/** What is known of the data behind an element of a map. */

/** `carried`: mapped from a source field and validated; `mapped`: mapped only; `missing`: no source field. */
export const dataStates = ['carried', 'mapped', 'missing'] as const

export type DataState = (typeof dataStates)[number]

/** By element id; elements that are not in it are not known. */
export type DataEvidence = ReadonlyMap<string, DataState>
