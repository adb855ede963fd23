/** A page with nothing but the store of the app, so that a test can save a thousand times where the app would be pressed a thousand times. */
import { utf8 } from '../../../src/core/canonical.ts'
import { finish } from '../../../src/core/operation.ts'
import type { ProjectFiles } from '../../../src/core/project/format/project.ts'
import type { JournalAnswer, JournalWork } from '../../../src/io/store/journal-browser.ts'
import { type BrowserStore, openBrowserStore } from '../../../src/io/store/store-browser.ts'
import { OperationWorker } from '../../../workers/bridge.ts'
import journal from '../../../workers/journal.worker.ts?worker&url'

/** What became of a save: `ok`, else the code of its refusal with the sentence. */
export interface Saved {
  readonly serial: number
  readonly ok: boolean
  readonly code: string
  readonly words: string
}

const project = 'p-real'
const worker = new OperationWorker<JournalWork, never, JournalAnswer>(journal, async () => undefined)
const opening: Promise<BrowserStore> = openBrowserStore((work, signal, handed) => finish(worker.run(work, signal, handed)))
const filler = 'x'.repeat(2_000)

/** Several files change with each save, so that it has several writes; a ledger grows. */
const filesOf = (serial: number): ProjectFiles =>
  new Map([
    ['carryover.json', utf8('{}')],
    ['ledger.jsonl', utf8(Array.from({ length: serial }, (_, i) => `line ${i + 1} ${filler}\n`).join(''))],
    ...Array.from({ length: 5 }, (_, i) => [`review/${i}.json`, utf8(`{"serial":${serial},"n":${i}}`)] as const),
    [`only/${serial}.json`, utf8('{}')],
  ])

/** Which save the project is of: its serial where it is one whole, 0 where there is none, else what is mixed. */
async function standing(): Promise<number | string> {
  const store = await opening
  const files = await store.open(project)
  if (files === null) return 0
  const text = (path: string): string => new TextDecoder().decode(files.get(path))
  const serial = text('ledger.jsonl').split('\n').length - 1
  const wanted = filesOf(serial)
  for (const [path, bytes] of wanted)
    if (text(path) !== new TextDecoder().decode(bytes)) return `${path} is not that of save ${serial}`
  return files.size === wanted.size ? serial : `${files.size} files, not ${wanted.size}`
}

async function save(serial: number): Promise<Saved> {
  try {
    const store = await opening
    await store.save(
      project,
      'Harbour',
      filesOf(serial),
      'decision',
      new Date(Date.UTC(2026, 10, 22) + serial * 1000).toISOString(),
    )
    return { serial, ok: true, code: '', words: '' }
  } catch (error) {
    return {
      serial,
      ok: false,
      code: String(Reflect.get(Object(error), 'code')),
      words: error instanceof Error ? error.message : String(error),
    }
  }
}

Object.assign(globalThis, {
  store: {
    save,
    standing,
    /** Why the second copy lacks the last save; null where it has it. */
    lacking: async () => (await opening).withoutSecondCopy(),
    restored: async () => (await opening).restored(),
    /** Saves one after the other until the page is gone; each that was acknowledged is told. */
    saveOn: async (from: number, say: string): Promise<void> => {
      const tell: unknown = Reflect.get(globalThis, say)
      for (let serial = from; ; serial++) {
        const { ok } = await save(serial)
        if (ok && typeof tell === 'function') await tell(serial)
      }
    },
  },
})
