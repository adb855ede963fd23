/** Planted patient words in the private part, in comments and in a sealed file: they are with the colleague, and nowhere on the server or on the wire. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { sha256Hex, utf8 } from '../../../../src/core/canonical.ts'
import { paths } from '../../../../src/core/project/format/documents.ts'
import { encodeFilesItem } from '../../../../src/core/team/files-item.ts'
import { sealFiles } from '../../../../src/io/keys/seal.ts'
import { stretchPassphrase } from '../../../../src/io/keys/stretch-passphrase.ts'
import { startTeamServer, type TeamServing } from '../../../../src/team/server/team-server.ts'
import type { Database } from '../../../../src/team/store/database.ts'
import { ask, TestClient } from '../../../team/client.ts'
import { execute, onBoth, type TestPlace } from '../../../team/databases.ts'
import { newScene, type Scene, said, share } from './scene.ts'

const words = ['Zephyrine Quackenbush', 'MRN-7741-PLANTED', 'Ondansetron nach Sturz', '1931-02-29-Planted', 'Grüße von Ördög']

/** Every form in which bytes of a word could lie somewhere: as they are, in hexadecimal digits, in base 64 at each offset. */
const forms: readonly Buffer[] = words.flatMap((word) => {
  const bytes = Buffer.from(word)
  const shifted = [0, 1, 2].map((by) => {
    const text = Buffer.concat([Buffer.alloc(by), bytes]).toString('base64')
    // Signs at both ends hang on what stands beside the word.
    return text.slice(by === 0 ? 0 : by + 1, -4)
  })
  return [bytes, Buffer.from(word, 'utf16le'), Buffer.from(bytes.toString('hex')), ...shifted.map((text) => Buffer.from(text))]
})

function hitsIn(bytes: Uint8Array): number {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return forms.filter((form) => all.includes(form)).length
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesIn(path) : [path]
  })
}

onBoth('planted words', (newPlace) => {
  let place: TestPlace
  let database: Database
  let serving: TeamServing
  let scene: Scene
  const log: string[] = []

  beforeAll(async () => {
    place = newPlace()
    database = await place.open()
    const say = (sentence: string) => log.push(sentence)
    const where = { host: '127.0.0.1', port: 0, origin: null, tls: null }
    serving = await startTeamServer({ database, dataFolder: place.folder, appFolder: null, ...where, say })
    scene = await newScene(serving, database)
  })
  afterAll(async () => {
    scene?.end()
    await serving?.close()
    await database?.close()
  })

  test('the search finds a word in each form that it looks for', () => {
    for (const form of forms) expect(hitsIn(Buffer.concat([Buffer.from('..'), form, Buffer.from('..')]))).toBeGreaterThan(0)
    expect(hitsIn(Buffer.from(`x${Buffer.from(`ab${words[0]}cd`).toString('base64')}`))).toBeGreaterThan(0)
  })

  test('0 hits in database, journal, files, log and frames', async () => {
    const [olga, ana] = [scene.sit('olga'), scene.sit('ana')]
    await vi.waitFor(() => expect(olga.session.state.judged?.possible.length).toBeGreaterThan(3), 30_000)
    const [name = '', number = '', drug = '', born = '', greeting = ''] = words
    await ana.write(paths.talk, said('c1', 'ana', `${name} (${number}): ${drug}. ${greeting}`))
    await ana.write(paths.roster, JSON.stringify({ records: { ab12: `${number} ${name}` } }))
    await ana.write(paths.comments, JSON.stringify({ ff00: { salt: 'aa', text: `${drug}, ${born}` } }))
    await ana.write(paths.hazardTexts, JSON.stringify({ ee11: { salt: 'bb', text: { reason: greeting, note: null } } }))
    await ana.write(paths.chartNumbers, JSON.stringify({ cd34: number }))
    // What is in no kind never goes anywhere, sealed or not.
    await ana.write(paths.hiddenTraps, JSON.stringify([{ record: number, born }]))
    await ana.write(`private/legacy/patients.csv`, `name,number,born\n${name},${number},${born}\n`)
    // A sealed file, as a bundle of a reader or a backup is one, put on the server as any other document.
    const { bytes } = await sealFiles(ana.project.private, 'four plain words here', stretchPassphrase, {
      memoryKiB: 1024,
      passes: 1,
    })
    const digest = sha256Hex(bytes)
    const put = await ask(serving, 'PUT', `/team/${scene.project}/blob/${digest}`, ana.headers, bytes)
    expect(put.status).toBe(201)
    const path = 'bundles/ana.sealed'
    const change = encodeFilesItem({ entries: [], files: { [path]: digest }, base: { [path]: null }, id: 'planted-bundle-01' })
    expect((await ana.connection.append('files', change)).ok).toBe(true)
    // A page that went wrong and sends in clear is refused, and nothing of it stays.
    const wrong = await TestClient.open(serving, scene.project, ana.headers)
    expect((await wrong.append('sealed/comments', utf8(words.join()))).kind).toBe('refused')
    wrong.close()
    await share(scene, olga, ['olga', 'ana'])
    await vi.waitFor(() => {
      expect(olga.text(paths.talk)).toContain(name)
      expect(olga.text(paths.roster)).toContain(number)
      expect(olga.text(paths.comments)).toContain(born)
      expect(olga.text(paths.hazardTexts)).toContain(greeting)
      expect(olga.text(paths.chartNumbers)).toContain(number)
    }, 30_000)
    expect([olga.project.private.has(paths.hiddenTraps), olga.project.private.has('private/legacy/patients.csv')]).toEqual([
      false,
      false,
    ])
    await ana.session.settled()

    const frames = [olga, ana].flatMap(({ tapped, bodies }) => [
      ...tapped.sent,
      ...tapped.received,
      ...bodies.map((text) => utf8(text)),
    ])
    const seen = { frames: 0, files: 0, rows: 0, log: hitsIn(utf8(log.join('\n'))) }
    for (const frame of frames) seen.frames += hitsIn(frame)
    const files = filesIn(place.folder)
    for (const path of files) seen.files += hitsIn(readFileSync(path))
    let rows = 0
    const { url, schema } = place
    if (url !== null) {
      const tables = await execute(url, `select tablename from pg_tables where schemaname = '${schema}'`)
      for (const { tablename } of tables)
        for (const { row } of await execute(url, `select t::text as row from ${schema}.${String(tablename)} t`)) {
          rows++
          const text = String(row)
          seen.rows += hitsIn(utf8(text))
          // Bytes are shown as hexadecimal digits.
          for (const [, digits = ''] of text.matchAll(/\\x([0-9a-f]+)/g)) seen.rows += hitsIn(Buffer.from(digits, 'hex'))
        }
      expect(rows).toBeGreaterThan(50)
    }
    expect(files.length).toBeGreaterThan(url === null ? 20 : 1)
    expect(frames.length).toBeGreaterThan(20)
    expect(seen).toEqual({ frames: 0, files: 0, rows: 0, log: 0 })
    console.log(
      `team planted (${database.kind}): ${words.length} words in ${forms.length} forms, 0 hits in ${files.length} files of the server, ${rows} rows, ${log.length} lines of log, ${frames.length} frames and bodies; 5 of 5 shared files with the colleague`,
    )
  })
})
