/** The store of this browser, opened once per visit. */
import { finish } from '../../core/operation.ts'
import { type BrowserStore, openBrowserStore } from '../../io/store/store-browser.ts'
import { jobs } from './jobs.ts'

let opening: Promise<BrowserStore> | null = null

export function browserStore(): Promise<BrowserStore> {
  opening ??= openBrowserStore((work, signal, handed) => finish(jobs.journal(work, signal, handed)))
  return opening
}
