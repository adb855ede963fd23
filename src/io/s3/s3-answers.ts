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

export interface ListPage {
  readonly objects: readonly ListedObject[]
  /** What the keys have in common up to the delimiter, where one was asked for; each ends with a slash. */
  readonly folders: readonly string[]
  /** More follow. */
  readonly isCut: boolean
  /** What they are asked for with. */
  readonly next: string | null
}

/** An answer to ListObjectsV2; a string says what can not be believed of it. @param prefix with which each key was to begin */
export function listPage(xml: string, prefix: string): ListPage | string {
  // A store that does not know the question for escaped keys sends them as they are.
  const isEscaped = wordOf(xml, 'EncodingType') === 'url'
  const keyOf = (inside: string, name: string): string => {
    const key = wordOf(inside, name) ?? ''
    return isEscaped ? decodeURIComponent(key.replaceAll('+', ' ')) : key
  }
  const folders: string[] = []
  const objects: ListedObject[] = []
  for (const [, kind, inside = ''] of xml.matchAll(/<(Contents|CommonPrefixes)>(.*?)<\/\1>/gs)) {
    const name = kind === 'Contents' ? 'Key' : 'Prefix'
    let key: string
    try {
      key = keyOf(inside, name)
    } catch {
      return `it calls ${wordOf(inside, name)} an escaped key, which it is not`
    }
    // What is listed may be removed: nothing beyond the prefix is.
    if (key === '' || !key.startsWith(prefix)) return `it names "${key}", which was not asked for`
    if (kind === 'CommonPrefixes') {
      if (!key.endsWith('/')) return `it calls ${key} a folder`
      folders.push(key)
      continue
    }
    const size = wordOf(inside, 'Size') ?? ''
    // An object without a size would be read as an empty one.
    if (!/^\d+$/.test(size)) return `it gives no size of ${key}`
    const written = Date.parse(wordOf(inside, 'LastModified') ?? '')
    objects.push({ key, bytes: Number(size), etag: wordOf(inside, 'ETag') ?? '', written })
  }
  return { objects, folders, isCut: wordOf(xml, 'IsTruncated') === 'true', next: wordOf(xml, 'NextContinuationToken') }
}

/** What came with a status of success in place of a whole list, in words; null where a list came. */
export function listFault({ bytes }: { readonly bytes: Uint8Array }): string | null {
  const isList = /<ListBucketResult[\s>].*<\/ListBucketResult>/s.test(new TextDecoder().decode(bytes))
  return isList ? null : (strayAnswer({ bytes }) ?? 'what came is no whole list of objects')
}

/** What came with a status of success in place of an answer, in words: an error that the store met late, or the page of a proxy. Null for neither. */
export function strayAnswer({ bytes }: { readonly bytes: Uint8Array }): string | null {
  const head = new TextDecoder().decode(bytes.subarray(0, 1_024))
  const root = /^\s*(?:<\?xml[^>]*>\s*)?<(error|!doctype html|html)[\s>]/i.exec(head)?.[1]
  if (root === undefined) return null
  if (root.toLowerCase() !== 'error') return 'a web page came in place of an answer'
  return `the store sent an error with a status of success (${wordOf(head, 'Code') ?? 'without a code'})`
}

const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex: string, decimal: string, name: string) => {
    if (name !== undefined) return signs[name] ?? whole
    const point = Number.parseInt(hex ?? decimal, hex ? 16 : 10)
    return point > 0x10_ff_ff ? whole : String.fromCodePoint(point)
  })
}
