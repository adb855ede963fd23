/** What an object store answers: lists of objects and errors, in its small XML. */

export interface ListedObject {
  readonly key: string
  readonly bytes: number
  /** Names the state of its bytes, quotation marks included. */
  readonly etag: string
  /** When it was written last, in milliseconds since 1970; NaN where the store does not say. */
  readonly written: number
}

/** The text of the first element of a name; null where there is none. */
export function wordOf(xml: string, name: string): string | null {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)
  return found ? unescaped(found[1] ?? '') : null
}

/** An answer to ListObjectsV2. `isCut`: more follow; `next`: what they are asked for with. */
export function keyLists(xml: string): {
  readonly objects: ListedObject[]
  /** What the keys have in common up to the delimiter, where one was asked for. */
  readonly folders: string[]
  readonly isCut: boolean
  readonly next: string | null
} {
  // A store that does not know the question for escaped keys sends them as they are.
  const isEscaped = wordOf(xml, 'EncodingType') === 'url'
  const unescapedKey = (key: string): string => (isEscaped ? decodeURIComponent(key.replaceAll('+', ' ')) : key)
  const folders = [...xml.matchAll(/<CommonPrefixes>(.*?)<\/CommonPrefixes>/gs)].map(([, inside = '']) =>
    unescapedKey(wordOf(inside, 'Prefix') ?? ''),
  )
  const objects = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, inside = '']) => {
    return {
      key: unescapedKey(wordOf(inside, 'Key') ?? ''),
      bytes: Number(wordOf(inside, 'Size')),
      etag: wordOf(inside, 'ETag') ?? '',
      written: Date.parse(wordOf(inside, 'LastModified') ?? ''),
    }
  })
  return { objects, folders, isCut: wordOf(xml, 'IsTruncated') === 'true', next: wordOf(xml, 'NextContinuationToken') }
}

const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex: string, decimal: string, name: string) => {
    if (hex !== undefined || decimal !== undefined) return String.fromCodePoint(Number.parseInt(hex ?? decimal, hex ? 16 : 10))
    return signs[name] ?? whole
  })
}
