/** What a file is by its bytes, not by its name: one of the formats that are read, or something that is named in words. */
import type { SourceFormat } from '../../model/source.ts'
import { mainframe } from '../text/byte-statistics.ts'

export type Recognised =
  | { readonly kind: 'format'; readonly format: SourceFormat }
  /** `words` complete the sentence "The file is …". */
  | { readonly kind: 'other'; readonly words: string; readonly advice: string }
  | { readonly kind: 'empty' }

const signatures: readonly { readonly at: number; readonly bytes: string; readonly words: string; readonly advice: string }[] = [
  { at: 0, bytes: '%PDF-', words: 'a PDF document', advice: 'Ask for the data behind it as CSV or FHIR.' },
  {
    at: 0,
    bytes: '\xd0\xcf\x11\xe0',
    words: 'an old Excel or Word file, or a workbook with a password',
    advice: 'Save it without a password as an Excel workbook (xlsx) or as CSV (UTF-8).',
  },
  { at: 0, bytes: '\x1f\x8b', words: 'compressed with gzip inside another container', advice: 'Unpack it first.' },
  { at: 4, bytes: '1AY&SY', words: 'compressed with bzip2', advice: 'Unpack it first, or compress it with gzip.' },
  { at: 0, bytes: '\xfd7zXZ\0', words: 'compressed with xz', advice: 'Unpack it first, or compress it with gzip.' },
  { at: 0, bytes: '\x28\xb5\x2f\xfd', words: 'compressed with Zstandard', advice: 'Unpack it first, or compress it with gzip.' },
  { at: 257, bytes: 'ustar', words: 'a tar archive', advice: 'Unpack it and choose the files inside.' },
  { at: 0, bytes: '\0\x01\0\0Standard', words: 'a Microsoft Access database', advice: 'Export its tables as CSV.' },
  {
    at: 0,
    bytes: 'FHS|',
    words: 'HL7 version 2 messages in a batch file',
    advice: 'They are recognised but not read; export tables or FHIR.',
  },
  {
    at: 0,
    bytes: 'BHS|',
    words: 'HL7 version 2 messages in a batch',
    advice: 'They are recognised but not read; export tables or FHIR.',
  },
  {
    at: 0,
    bytes: '\x0bMSH|',
    words: 'HL7 version 2 messages',
    advice: 'They are recognised but not read; export tables or FHIR.',
  },
  { at: 0, bytes: 'UNA:', words: 'an EDIFACT interchange', advice: 'It is recognised but not read; export tables or FHIR.' },
  { at: 0, bytes: '$FL2', words: 'an SPSS data file', advice: 'Export it as CSV.' },
  { at: 0, bytes: '7z\xbc\xaf', words: 'a 7-Zip archive', advice: 'Unpack it first.' },
  { at: 0, bytes: 'Rar!', words: 'a RAR archive', advice: 'Unpack it first.' },
  { at: 0, bytes: '\x89PNG', words: 'a PNG picture', advice: 'Choose the data file instead.' },
  { at: 0, bytes: '\xff\xd8\xff', words: 'a JPEG picture', advice: 'Choose the data file instead.' },
  { at: 0, bytes: 'GIF8', words: 'a GIF picture', advice: 'Choose the data file instead.' },
  { at: 128, bytes: 'DICM', words: 'a DICOM image', advice: 'Choose the data file instead.' },
  { at: 0, bytes: 'SQLite format 3', words: 'an SQLite database', advice: 'Export its tables as CSV.' },
  { at: 0, bytes: '{\\rtf', words: 'a rich text document', advice: 'Choose the data file instead.' },
  { at: 0, bytes: 'MSH|', words: 'HL7 version 2 messages', advice: 'They are recognised but not read; export tables or FHIR.' },
  { at: 0, bytes: 'ISA*', words: 'an X12 interchange', advice: 'It is recognised but not read; export tables or FHIR.' },
]

export function recognise(head: Uint8Array, size: number, name: string): Recognised {
  if (size === 0) return { kind: 'empty' }
  const latin = Array.from(head.subarray(0, 4096), (byte) => String.fromCharCode(byte)).join('')
  for (const { at, bytes, words, advice } of signatures) if (latin.startsWith(bytes, at)) return { kind: 'other', words, advice }
  if (latin.startsWith('PK\x03\x04')) return zip(latin)
  const text = latin
    .replace(/^(ÿþ|þÿ|ï»¿)/, '')
    .replaceAll('\0', '')
    .trimStart()
  return byText(text, name) ?? binary(head) ?? { kind: 'format', format: 'csv' }
}

function zip(latin: string): Recognised {
  if (/xl\/|\[Content_Types\]/.test(latin))
    return other('an Excel workbook (or another Office file)', 'Save each sheet as CSV (UTF-8).')
  return other('a zip archive', 'Unpack it and choose the files inside.')
}

function byText(text: string, name: string): Recognised | null {
  if (/^<\?xml|^<[A-Za-z!]/.test(text)) return xml(text)
  if (/^(--|\/\*).{0,400}?(dump|sql)/is.test(text) || /^(create|insert|drop|set)\s+(table|into|database|names)\b/i.test(text))
    return other('an SQL script of a kind that is not read', 'Load it into its database and export the tables as CSV.')
  if (/\.(ndjson|jsonl)(\.gz)?$/i.test(name) && !/^[^{[]*[,;|\t]/.test(text)) return format('ndjson')
  if (/^[{[]/.test(text)) return json(text, name)
  // Comments before the first bracket: no JSON, but meant to be; its reader says so, or passes over them.
  if (/^(?:\/\*[\s\S]*?\*\/\s*|\/\/[^\n]*\n\s*)+[{[]/.test(text) && /\.json(\.gz)?$/i.test(name)) return format('json')
  return null
}

function xml(text: string): Recognised {
  if (text.includes('ClinicalDocument')) return other('a C-CDA document', 'It is recognised but not read; export tables or FHIR.')
  if (/<html|<!doctype html/i.test(text))
    return other('a web page', 'Download the data itself; this may be a sign-in or error page.')
  if (text.includes('http://hl7.org/fhir')) return other('FHIR in XML', 'Export it as JSON.')
  return other('an XML document', 'Export tables as CSV or resources as FHIR JSON.')
}

function json(text: string, name: string): Recognised {
  const [first = '', ...rest] = text.split(/\r\n|\n|\r/)
  if (isWholeJson(first) && rest.some((line) => line.trim() !== '')) return format('ndjson')
  if (/"transactionTime"\s*:/.test(text) && /"output"\s*:/.test(text)) return format('manifest')
  if (/"resourceType"\s*:\s*"Bundle"/.test(text)) return format('bundle')
  if (/^\{.*\}\s*$/.test(first) && rest.length > 0 && !/\.json(\.gz)?$/i.test(name)) return format('ndjson')
  return format('json')
}

function isWholeJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

/** Control bytes do not occur in text; a few NULs may, in a damaged one. */
function binary(head: Uint8Array): Recognised | null {
  let control = 0
  let nuls = 0
  const kinds = new Set<number>()
  for (const byte of head) {
    if (byte === 0) nuls++
    else if (
      byte < 32 &&
      byte !== 9 &&
      byte !== 10 &&
      byte !== 13 &&
      (byte < 0x1c || byte > 0x1f) &&
      byte !== 1 &&
      byte !== 0x1a
    ) {
      control++
      kinds.add(byte)
    }
  }
  if (mainframe(head) !== null) return null
  // Compressed or encrypted bytes are spread evenly: nearly every control occurs. Half of the bytes of UTF-16 text may be, no more.
  const even = kinds.size >= 18 && control * 16 > head.length
  if (even || control * 10 > head.length || (nuls * 2 > head.length && !evenNuls(head)))
    return other('binary data, not text', 'Check which program wrote it.')
  return null
}

/** NULs at regular places belong to UTF-16 or UTF-32. */
function evenNuls(head: Uint8Array): boolean {
  const places = [0, 0, 0, 0]
  head.forEach((byte, i) => {
    if (byte === 0) places[i & 3] = (places[i & 3] ?? 0) + 1
  })
  return places.some((n) => n < head.length * 0.06)
}

function other(words: string, advice: string): Recognised {
  return { kind: 'other', words, advice }
}

function format(name: SourceFormat): Recognised {
  return { kind: 'format', format: name }
}
