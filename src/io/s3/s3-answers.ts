/** What an object store answers: lists of objects and errors, in its small XML. */

export interface ListedObject {
  readonly key: string
  readonly bytes: number
  /** Names the state of its bytes, quotation marks included. */
  readonly etag: string
}

/** The text of the first element of a name; null where there is none. */
export function wordOf(xml: string, name: string): string | null {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)
  return found ? unescaped(found[1] ?? '') : null
}

/** An answer to ListObjectsV2. `isCut`: more follow; `next`: what they are asked for with. */
export function keyLists(xml: string): {
  readonly objects: ListedObject[]
  readonly isCut: boolean
  readonly next: string | null
} {
  // A store that does not know the question for escaped keys sends them as they are.
  const isEscaped = wordOf(xml, 'EncodingType') === 'url'
  const objects = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, inside = '']) => {
    const key = wordOf(inside, 'Key') ?? ''
    return {
      key: isEscaped ? decodeURIComponent(key.replaceAll('+', ' ')) : key,
      bytes: Number(wordOf(inside, 'Size')),
      etag: wordOf(inside, 'ETag') ?? '',
    }
  })
  return { objects, isCut: wordOf(xml, 'IsTruncated') === 'true', next: wordOf(xml, 'NextContinuationToken') }
}

const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex: string, decimal: string, name: string) => {
    if (hex !== undefined || decimal !== undefined) return String.fromCodePoint(Number.parseInt(hex ?? decimal, hex ? 16 : 10))
    return signs[name] ?? whole
  })
}
