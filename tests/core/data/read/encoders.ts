/** Text to bytes for tests, in every encoding that is read; the tables are turned round from the platform's own decoders. */
import { codePage } from '../../../../src/core/data/read/text/code-pages.ts'

export type Encode = (text: string) => Uint8Array

function bySearch(label: string, longest: 1 | 2): Encode {
  const bytesOf = new Map<string, readonly number[]>()
  const decoder = (bytes: readonly number[]): string | null => {
    try {
      // A stream, because Node 20 decodes windows-1252 as Latin-1 otherwise.
      return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes), { stream: true })
    } catch {
      return null
    }
  }
  for (let first = 0; first < 256; first++) {
    const one = decoder([first])
    if (one !== null && one.length === 1) {
      if (!bytesOf.has(one)) bytesOf.set(one, [first])
      continue
    }
    for (let second = 0x40; longest === 2 && second < 256; second++) {
      const two = decoder([first, second])
      if (two !== null && Array.from(two).length === 1 && !bytesOf.has(two)) bytesOf.set(two, [first, second])
    }
  }
  return (text) =>
    Uint8Array.from(
      Array.from(text).flatMap((char) => {
        const bytes = bytesOf.get(char)
        if (!bytes) throw new Error(`${label} has no ${char}`)
        return bytes
      }),
    )
}

function byPage(name: string): Encode {
  const page = codePage(name) ?? []
  return (text) =>
    Uint8Array.from(text, (char) => {
      const byte = page.lastIndexOf(char)
      if (byte < 0) throw new Error(`${name} has no ${char}`)
      return byte
    })
}

function byUnits(width: 2 | 4, big: boolean): Encode {
  return (text) => {
    const points =
      width === 4
        ? Array.from(text, (char) => char.codePointAt(0) ?? 0)
        : Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
    const bytes = new Uint8Array(points.length * width)
    const view = new DataView(bytes.buffer)
    for (const [i, point] of points.entries())
      if (width === 4) view.setUint32(i * 4, point, !big)
      else view.setUint16(i * 2, point, !big)
    return bytes
  }
}

const marked =
  (encode: Encode): Encode =>
  (text) =>
    encode(`\uFEFF${text}`)
const utf8: Encode = (text) => new TextEncoder().encode(text)

/** Each encoding with words it can write; `choice` where it can not be told from others by its bytes. */
export const encodings: readonly {
  readonly name: string
  readonly label: string
  readonly encode: Encode
  readonly words: readonly string[]
  readonly bom: number
  readonly guessed: boolean
}[] = [
  { name: 'UTF-8', label: 'utf-8', encode: utf8, words: ['Ångström', '中国人', '😀 ok', 'Müller'], bom: 0, guessed: true },
  { name: 'UTF-8 with BOM', label: 'utf-8', encode: marked(utf8), words: ['Ångström', '中国人', '😀 ok'], bom: 3, guessed: true },
  {
    name: 'UTF-16LE',
    label: 'utf-16le',
    encode: byUnits(2, false),
    words: ['Ångström', '中国人', '😀 ok'],
    bom: 0,
    guessed: true,
  },
  {
    name: 'UTF-16LE with BOM',
    label: 'utf-16le',
    encode: marked(byUnits(2, false)),
    words: ['Ångström', '中国人', '😀 ok'],
    bom: 2,
    guessed: true,
  },
  {
    name: 'UTF-16BE',
    label: 'utf-16be',
    encode: byUnits(2, true),
    words: ['Ångström', '中国人', '😀 ok'],
    bom: 0,
    guessed: true,
  },
  {
    name: 'UTF-32LE',
    label: 'utf-32le',
    encode: byUnits(4, false),
    words: ['Ångström', '中国人', '😀 ok'],
    bom: 0,
    guessed: true,
  },
  {
    name: 'UTF-32BE with BOM',
    label: 'utf-32be',
    encode: marked(byUnits(4, true)),
    words: ['Ångström', '中国人', '😀 ok'],
    bom: 4,
    guessed: true,
  },
  {
    name: 'windows-1252',
    label: 'windows-1252',
    encode: bySearch('windows-1252', 1),
    words: ['Müller', 'José – “so”', '5 €', 'Zoë'],
    bom: 0,
    guessed: true,
  },
  {
    name: 'windows-1250',
    label: 'windows-1250',
    encode: bySearch('windows-1250', 1),
    words: ['Łódź', 'Dvořák', 'őrült'],
    bom: 0,
    guessed: false,
  },
  {
    name: 'ISO-8859-7',
    label: 'iso-8859-7',
    encode: bySearch('iso-8859-7', 1),
    words: ['Θωμαις', 'Αλεξανδρος', 'Ευστοργιος', 'Μυρων', 'καλημερα'],
    bom: 0,
    guessed: true,
  },
  {
    name: 'Mac Roman',
    label: 'macintosh',
    encode: bySearch('macintosh', 1),
    words: ['Müller', 'José', 'Zoë', 'Hélène', 'François'],
    bom: 0,
    guessed: true,
  },
  {
    name: 'Shift_JIS',
    label: 'shift_jis',
    encode: bySearch('shift_jis', 2),
    words: ['表示', '患者 ｱｲｳ', 'ソフト', 'さくら', '日本語の患者'],
    bom: 0,
    guessed: false,
  },
  {
    name: 'GB18030',
    label: 'gb18030',
    encode: bySearch('gb18030', 2),
    words: ['患者', '中国人', '姓名', '阿司匹林', '高血压患者'],
    bom: 0,
    guessed: false,
  },
  { name: 'cp437', label: 'cp437', encode: byPage('cp437'), words: ['Müller', 'José', 'Zoë', 'º½'], bom: 0, guessed: false },
  {
    name: 'cp850',
    label: 'cp850',
    encode: byPage('cp850'),
    words: ['Müller', 'José', 'Zoë', 'Hélène', 'François'],
    bom: 0,
    guessed: true,
  },
  {
    name: 'EBCDIC 037',
    label: 'ebcdic-037',
    encode: byPage('ebcdic-037'),
    words: ['Müller', 'JOSE', 'Zoë', 'SMITH'],
    bom: 0,
    guessed: true,
  },
  {
    name: 'EBCDIC 500',
    label: 'ebcdic-500',
    encode: byPage('ebcdic-500'),
    words: ['Müller', 'JOSE', 'Zoë', 'SMITH [x]'],
    bom: 0,
    guessed: false,
  },
]
