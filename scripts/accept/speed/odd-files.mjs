/** Acceptance of files that are not as files are: very wide, one huge cell, an archive of a million entries, thousands of sources. */
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '../../setup.mjs'
import { cached, measured } from './processes.mjs'

/** Part of the usual sizes, for a quick look. */
const part = Number(process.env.ODD_PART ?? 1)
/** Twice the work may cost so much. */
const mostGrowth = 2.5
/** Stated: what a process may take at most, in MB. */
const mostMemory = { columns: 400, cell: 500, entries: 250, sources: 400 }

const words = ['--format', 'json', '--quiet', '--fail-on', 'never']
const validated = (path) => measured(['validate', path, ...words])

/** A table of so many columns; the cells are the same number in every file: what grows is the work that columns cost by themselves. */
function wideTable(columns) {
  const path = cached(`wide-${columns}.csv`)
  const records = Math.round((200_000 * part) / columns)
  const rows = Array.from({ length: records + 1 }, (_, row) =>
    Array.from({ length: columns }, (_, column) =>
      row === 0 ? `field_${column}` : (row * 7919 + column * 104729) % 100_003,
    ).join(','),
  )
  writeFileSync(path, `${rows.join('\n')}\n`)
  return path
}

/** A record with a cell of so many MB, between others. */
function hugeCell(megabytes) {
  const path = cached(`cell-${megabytes}.csv`)
  const file = openSync(path, 'w')
  writeSync(file, 'id,note\n1,short\n2,"')
  const stretch = 'a sentence that ends in nothing '.repeat(32_768).slice(0, 1e6)
  for (let i = 0; i < megabytes; i++) writeSync(file, stretch)
  writeSync(file, '"\n3,short\n')
  closeSync(file)
  return path
}

/** A stored archive (ZIP64) of so many tables of two bytes. */
function archive(entries) {
  const path = cached(`entries-${entries}.zip`)
  if (existsSync(path)) return path
  const file = openSync(path, 'w')
  const [head, directory] = [Buffer.alloc(30 + 12 + 2), Buffer.alloc((46 + 12) * entries)]
  let at = 0
  for (let i = 0; i < entries; i++) {
    const name = `${String(i).padStart(8, '0')}.csv`
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt32LE(0x3f1d1d4c, 14)
    head.writeUInt32LE(2, 18)
    head.writeUInt32LE(2, 22)
    head.writeUInt16LE(12, 26)
    head.write(`${name}a\n`, 30, 'latin1')
    writeSync(file, head)
    const own = i * 58
    directory.writeUInt32LE(0x02014b50, own)
    directory.writeUInt16LE(20, own + 6)
    directory.writeUInt32LE(0x3f1d1d4c, own + 16)
    directory.writeUInt32LE(2, own + 20)
    directory.writeUInt32LE(2, own + 24)
    directory.writeUInt16LE(12, own + 28)
    directory.writeUInt32LE(at, own + 42)
    directory.write(name, own + 46, 'latin1')
    at += head.length
  }
  writeSync(file, directory)
  const end = Buffer.alloc(56 + 20 + 22)
  end.writeUInt32LE(0x06064b50, 0)
  end.writeBigUInt64LE(44n, 4)
  end.writeBigUInt64LE(BigInt(entries), 24)
  end.writeBigUInt64LE(BigInt(entries), 32)
  end.writeBigUInt64LE(BigInt(directory.length), 40)
  end.writeBigUInt64LE(BigInt(at), 48)
  end.writeUInt32LE(0x07064b50, 56)
  end.writeBigUInt64LE(BigInt(at + directory.length), 64)
  end.writeUInt32LE(1, 72)
  end.writeUInt32LE(0x06054b50, 76)
  end.fill(0xff, 84, 96)
  writeSync(file, end)
  closeSync(file)
  return path
}

/** A folder of so many small tables. */
function folderOf(sources) {
  const folder = cached(`sources-${sources}`)
  if (existsSync(folder)) return folder
  mkdirSync(folder, { recursive: true })
  for (let i = 0; i < sources; i++)
    writeFileSync(
      join(folder, `table-${i}.csv`),
      `id,name\n${Array.from({ length: 20 }, (_, k) => `${k},Name ${i}`).join('\n')}\n`,
    )
  return folder
}

/** Whether half and whole were read, whole in time that grows as the file does, and in the stated memory. */
function growing(what, half, whole, memory) {
  const growth = whole.cpu / half.cpu
  const ok = half.status === 0 && whole.status === 0 && growth <= mostGrowth && whole.peak <= memory
  const figure = `${whole.cpu.toFixed(1)} CPU s, ${growth.toFixed(2)}× of half, ${whole.peak.toFixed(0)} MB (stated ${memory})`
  return { ok, figure: `${what}: ${figure}` }
}

/** An archive is read, or a sentence says why not. */
function listed(entries) {
  const { status, stdout, cpu, peak } = validated(archive(entries))
  const said = /The archive holds \d+ files[^"]*/.exec(stdout)?.[0] ?? ''
  const isRead = status === 0 && stdout.includes('"records"') && said === ''
  return {
    ok: (isRead || said !== '') && cpu <= 60 && peak <= mostMemory.entries,
    figure: `${entries} entries: ${said === '' ? (isRead ? 'read' : 'no sentence') : `“${said}”`} ${cpu.toFixed(1)} CPU s, ${peak.toFixed(0)} MB (stated ${mostMemory.entries})`,
  }
}

function oddFiles() {
  build()
  const [columns, cell, sources] = [10_000, Math.max(2, Math.round(64 * part)), Math.max(2, Math.round(5_000 * part))]
  const parts = [
    growing(`${columns} columns`, validated(wideTable(columns / 2)), validated(wideTable(columns)), mostMemory.columns),
    growing(`one cell of ${cell} MB`, validated(hugeCell(cell / 2)), validated(hugeCell(cell)), mostMemory.cell),
    growing(`${sources} sources`, validated(folderOf(sources / 2)), validated(folderOf(sources)), mostMemory.sources),
    listed(Math.round(1e6 * part)),
  ]
  return { ok: parts.every(({ ok }) => ok), figure: parts.map(({ figure }) => figure).join('\n       ') }
}

export const oddLines = [
  {
    name: 'odd-files',
    line: '10,000 columns, one cell of 64 MB, 5,000 sources, an archive of a million entries: linear time and stated memory, or a sentence',
    measure: oddFiles,
  },
]
