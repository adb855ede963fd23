/** Every way out of the table tried in the page or in one worker. */
import type { Page, Worker } from 'playwright-core'
import { type WayOut, waysOut } from '../../../src/io/server/ways-out.ts'
import { freshRealms, madeElement, ownLink, pageAttempts } from './page-attempts.ts'
import { workerAttempts } from './worker-attempts.ts'

const host = 'http://outside.example'
const addressOf = (name: string): string => `${host}/${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`

export const waysOfPage = waysOut.filter(({ realm, held }) => realm !== 'worker' && held.by !== 'limit')
export const waysOfWorker = waysOut.filter(({ realm }) => realm !== 'page')

/** Gives the names of what should have been taken away and is there. */
export async function tryPage(page: Page): Promise<string[]> {
  const there: string[] = []
  for (const way of waysOfPage) {
    const { name, held } = way
    const url = addressOf(name)
    if (held.by === 'removal')
      there.push(...(await page.evaluate(membersThere, namesOf(way))).map((member) => `${name}: ${member}`))
    else if (held.by === 'element') await page.evaluate(madeElement, { tag: held.tag, url }).catch(() => null)
    else if (held.by === 'link') await page.evaluate(ownLink, { rel: name.replace('link ', ''), url }).catch(() => null)
    else await tried(page, need(pageAttempts, name), url)
  }
  return [...there, ...(await page.evaluate(freshRealms)).map((name) => `fresh realm: ${name}`)]
}

export async function tryWorker(worker: Worker): Promise<string[]> {
  const there: string[] = []
  for (const way of waysOfWorker) {
    const { name, held } = way
    if (held.by === 'removal')
      there.push(...(await worker.evaluate(membersThere, namesOf(way))).map((member) => `${name}: ${member}`))
    else await tried(worker, need(workerAttempts, name), addressOf(name))
  }
  return there
}

/** What it gives may never end, and is of no use here. */
async function tried(
  realm: { evaluate(source: string): Promise<unknown> },
  attempt: (url: string) => unknown,
  url: string,
): Promise<void> {
  const source = attempt.toString()
  await realm
    .evaluate(`new Promise((done) => {
      setTimeout(done, 300)
      try { Promise.resolve((${source})(${JSON.stringify(url)})).then(() => done(), () => done()) } catch { done() }
    })`)
    .catch(() => null)
}

function need<T>(attempts: Readonly<Record<string, T>>, name: string): T {
  const attempt = attempts[name]
  if (attempt === undefined) throw new Error(`Nobody tries ${name}`)
  return attempt
}

function namesOf({ held }: WayOut): readonly string[] {
  return held.by === 'removal' ? held.members : []
}

function membersThere(members: readonly string[]): string[] {
  return members.filter((member) => {
    if (member === 'RTC*') return Object.getOwnPropertyNames(globalThis).some((name) => /^(?:webkit|moz)?RTC[A-Z]/.test(name))
    const [owner = '', name] = member.split('.')
    if (name === undefined) return owner in globalThis
    const place = owner === 'Navigator' ? navigator : Reflect.get(globalThis, owner)?.prototype
    return place !== undefined && name in place
  })
}
