/** The encoding that a dump states of itself: `SET NAMES` of MySQL, `client_encoding` of PostgreSQL, `\encoding` of psql. */
import { encodingName } from '../../text/encoding.ts'

/** What the databases call encodings, where `TextDecoder` calls them otherwise. Sources: manual of MySQL 8, chapter 12.2; of PostgreSQL 18, chapter 23.3. */
const labels: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  utf8mb3: 'utf-8',
  utf8mb4: 'utf-8',
  unicode: 'utf-8',
  sqlascii: '',
  binary: '',
  latin1: 'windows-1252',
  latin2: 'iso-8859-2',
  latin3: 'iso-8859-3',
  latin4: 'iso-8859-4',
  latin5: 'iso-8859-9',
  latin6: 'iso-8859-10',
  latin7: 'iso-8859-13',
  latin8: 'iso-8859-14',
  latin9: 'iso-8859-15',
  latin10: 'iso-8859-16',
  greek: 'iso-8859-7',
  hebrew: 'iso-8859-8',
  sjis: 'shift_jis',
  cp932: 'shift_jis',
  ujis: 'euc-jp',
  eucjpms: 'euc-jp',
  eucjp: 'euc-jp',
  euckr: 'euc-kr',
  euccn: 'gbk',
  gb2312: 'gbk',
  koi8r: 'koi8-r',
  koi8u: 'koi8-u',
  tis620: 'windows-874',
  win866: 'ibm866',
  cp866: 'ibm866',
}

export interface StatedEncoding {
  /** As `TextDecoder` calls it. */
  readonly name: string
  /** As the dump writes it. */
  readonly words: string
}

const statement =
  /^[ \t]*(?:\/\*!\d*[ \t]*)?(SET[ \t]+NAMES[ \t]+['"]?([\w-]+)|SET[ \t]+(?:SESSION[ \t]+)?client_encoding[ \t]*(?:=|TO)[ \t]*['"]?([\w-]+)|\\encoding[ \t]+['"]?([\w-]+))/im

/** @param head text from the beginning of the dump. Null where it states none, or one that says nothing of the characters. */
export function statedEncoding(head: string): StatedEncoding | null {
  const [, words, ...labelled] = statement.exec(head) ?? []
  const label = labelled.find((one) => one !== undefined)?.toLowerCase()
  if (words === undefined || label === undefined) return null
  const plain = label.replace(/[_-]/g, '')
  const win = /^(?:win|cp)(125\d|874)$/.exec(plain)?.[1]
  const name = encodingName(win === undefined ? (labels[plain] ?? label.replaceAll('_', '-')) : `windows-${win}`)
  return name === null ? null : { name, words: words.replace(/\s+/g, ' ').replace(/['"]/g, '') }
}
