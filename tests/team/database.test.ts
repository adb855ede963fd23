import { afterAll, beforeAll, expect, test } from 'vitest'
import { Conflict, countIn, type Database, textIn } from '../../src/team/store/database.ts'
import { onBoth } from './databases.ts'

onBoth('database', (newPlace) => {
  let database: Database
  beforeAll(async () => {
    database = await newPlace().open()
    for (const id of ['one', 'two'])
      await database.transaction(null, [{ name: 'make-project', values: [id, `Project ${id}`, 'somebody', 1] }])
  })
  afterAll(() => database.close())

  const append = (project: string, stream: string, body: Uint8Array, digest: string) =>
    database.transaction(project, [
      { name: 'lock-project', values: [project] },
      { name: 'open-stream', values: [project, stream] },
      { name: 'append-item', values: [project, stream, digest, body, 'somebody', 7] },
      { name: 'item-by-digest', values: [project, stream, digest] },
    ])

  test('items of writers at once get every number once, and the same item one number', async () => {
    const digests = Array.from({ length: 60 }, (_, index) => `digest-${index % 40}`)
    const seqs = await Promise.all(
      digests.map(async (digest) => {
        const rows = await append('one', 'map/a', Uint8Array.of(1, 0, 255), digest)
        return [digest, countIn(rows.at(-1)?.[0], 'seq')] as const
      }),
    )
    expect(new Set(seqs.map(([, seq]) => seq))).toEqual(new Set(Array.from({ length: 40 }, (_, index) => index + 1)))
    expect(new Set(seqs.map((pair) => pair.join())).size).toBe(40)
    const rows = await database.query('one', 'items-after', ['one', 'map/a', 38, 10, 1e6])
    expect(rows.map((row) => countIn(row, 'seq'))).toEqual([39, 40])
    expect(Uint8Array.from(rows[0]?.body as Uint8Array)).toEqual(Uint8Array.of(1, 0, 255))
  })

  test('a chain goes on at its end alone, whoever writes at the same time', async () => {
    const zeros = '0'.repeat(64)
    await database.transaction('one', [{ name: 'open-stream', values: ['one', 'ledger'] }])
    const add = (seq: number, hash: string, prev: string) =>
      database.transaction('one', [
        { name: 'lock-project', values: ['one'] },
        { name: 'append-entry', values: ['one', 'd1', seq, hash, prev, `line ${hash}`, 'somebody', 7] },
      ])
    const first = await Promise.allSettled(['a', 'b', 'c', 'd'].map((hash) => add(1, hash, zeros)))
    expect(first.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const each of first) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(Conflict)
    const [row] = await database.query('one', 'chain-heads', ['one'])
    const head = textIn(row, 'hash')
    await expect(add(2, 'e', zeros)).rejects.toBeInstanceOf(Conflict)
    await expect(add(3, 'e', head)).rejects.toBeInstanceOf(Conflict)
    await add(2, 'e', head)
    const entries = await database.query('one', 'entries-after', ['one', 0, 10])
    expect(entries.map((each) => textIn(each, 'line'))).toEqual([`line ${head}`, 'line e'])
  })

  test('a transaction whose last step changes nothing leaves nothing behind', async () => {
    const steps = [
      { name: 'open-stream', values: ['two', 'map/gone'] },
      { name: 'lock-project', values: ['nobody'] },
    ] as const
    await expect(database.transaction('two', steps)).rejects.toBeInstanceOf(Conflict)
    expect(await database.query('two', 'streams-of', ['two'])).toEqual([])
  })

  test('rows of another project do not show, even where a statement names it', async () => {
    await append('two', 'map/b', Uint8Array.of(2), 'of two')
    expect(await database.query('two', 'items-after', ['two', 'map/b', 0, 10, 1e6])).toHaveLength(1)
    expect(await database.query('one', 'items-after', ['two', 'map/b', 0, 10, 1e6])).toEqual([])
    await expect(append('two', 'map/b', Uint8Array.of(3), 'by two')).resolves.toBeDefined()
    await expect(
      database.transaction('one', [
        { name: 'open-stream', values: ['two', 'map/smuggled'] },
        { name: 'append-item', values: ['two', 'map/smuggled', 'x', Uint8Array.of(3), 'somebody', 7] },
      ]),
    ).rejects.toThrow(/row-level security/)
    // A refused statement stops nobody else.
    await expect(append('two', 'map/b', Uint8Array.of(4), 'after')).resolves.toBeDefined()
  })
})
