/** What is wrong with an XML document, where, and whether what stands before that place may be used. */

/** Line and column count from 1; a column counts characters. */
export interface XmlPlace {
  readonly line: number
  readonly column: number
}

/** `refused` where nothing of the document may be believed, even by a person who wants what can be read. */
export class XmlFault extends Error {
  readonly refused: boolean
  readonly place: XmlPlace | null
  constructor(sentence: string, place: XmlPlace | null, refused: boolean) {
    super(place === null ? sentence : `Line ${place.line}, column ${place.column}: ${sentence}`)
    this.name = 'XmlFault'
    this.place = place
    this.refused = refused
  }
}

/** The place of a byte in UTF-8, counted on from `start`, the place of the first byte. */
export function placeOf(bytes: Uint8Array, at: number, start: XmlPlace = { line: 1, column: 1 }): XmlPlace {
  let { line, column } = start
  for (let i = 0; i < at; i++) {
    const byte = bytes[i] as number
    if (byte === 0x0a) {
      line++
      column = 1
    } else if ((byte & 0xc0) !== 0x80) column++
  }
  return { line, column }
}
