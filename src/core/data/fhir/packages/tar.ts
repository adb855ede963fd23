/** Files out of a tar archive (POSIX ustar with PAX and GNU long names); nothing is written anywhere, other kinds of entries are passed over. */

export interface TarFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Archives with more entries are refused. */
const mostEntries = 10_000
const block = 512

/** All regular files, or a sentence that says where the archive is broken. */
export function tarFiles(archive: Uint8Array): TarFile[] | string {
  const files: TarFile[] = []
  let longName: string | null = null
  let entries = 0
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block)
    if (header.every((byte) => byte === 0)) break
    if (!checksumHolds(header)) return `The archive is damaged at byte ${at}: the checksum of an entry is wrong.`
    if (++entries > mostEntries) return `The archive has more than ${mostEntries} entries.`
    const size = octal(header, 124, 12)
    const body = at + block
    if (size === null || body + size > archive.length) return `The archive ends inside an entry that begins at byte ${at}.`
    const bytes = archive.subarray(body, body + size)
    const kind = String.fromCharCode(header[156] ?? 0)
    if (kind === 'L') longName = text(bytes)
    else if (kind === 'x') longName = paxPath(text(bytes)) ?? longName
    else {
      if (kind === '0' || kind === '\0') files.push({ name: longName ?? nameOf(header), bytes })
      if (kind !== 'g') longName = null
    }
    at = body + Math.ceil(size / block) * block
  }
  return files
}

function nameOf(header: Uint8Array): string {
  const prefix = text(header.subarray(257, 262)) === 'ustar' ? text(header.subarray(345, 500)) : ''
  const name = text(header.subarray(0, 100))
  return prefix === '' ? name : `${prefix}/${name}`
}

/** The sum of all bytes of the header, its own field counted as spaces. */
function checksumHolds(header: Uint8Array): boolean {
  let sum = 0
  for (let i = 0; i < block; i++) sum += i >= 148 && i < 156 ? 32 : (header[i] as number)
  return octal(header, 148, 8) === sum
}

function octal(header: Uint8Array, from: number, length: number): number | null {
  const digits = text(header.subarray(from, from + length)).trim()
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : null
}

/** Up to the first NUL byte. */
function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end))
}

/** `27 path=package/x.json\n`, among other records. */
function paxPath(records: string): string | null {
  return /(?:^|\n)\d+ path=([^\n]+)/.exec(records)?.[1] ?? null
}
