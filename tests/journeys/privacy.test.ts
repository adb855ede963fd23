import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumPath, type Visit, visit } from './browser.ts'

/** Ways out of a page, tried one after the other towards a host that resolves to the listener. */
const sinks: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  fetch: (page) =>
    page.evaluate(() =>
      fetch('http://outside.example/fetch', { mode: 'no-cors' })
        .catch(() => null)
        .then(() => null),
    ),
  XMLHttpRequest: (page) =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          const request = new XMLHttpRequest()
          request.onloadend = () => resolve(null)
          try {
            request.open('GET', 'http://outside.example/xhr')
            request.send()
          } catch {
            resolve(null)
          }
        }),
    ),
  beacon: (page) => page.evaluate(() => navigator.sendBeacon('http://outside.example/beacon', 'x')),
  WebSocket: (page) =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          try {
            const socket = new WebSocket('ws://outside.example/socket')
            socket.onerror = () => resolve(null)
            socket.onopen = () => resolve(null)
          } catch {
            resolve(null)
          }
        }),
    ),
  EventSource: (page) =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          try {
            const source = new EventSource('http://outside.example/events')
            source.onerror = () => resolve(source.close())
          } catch {
            resolve(null)
          }
        }),
    ),
  image: (page) => page.evaluate(() => element('img', { src: 'http://outside.example/image' })),
  stylesheet: (page) => page.evaluate(() => element('link', { rel: 'stylesheet', href: 'http://outside.example/style' })),
  prefetch: (page) => page.evaluate(() => element('link', { rel: 'prefetch', href: 'http://outside.example/prefetch' })),
  frame: (page) => page.evaluate(() => element('iframe', { src: 'http://outside.example/frame' })),
  video: (page) => page.evaluate(() => element('video', { src: 'http://outside.example/video', preload: 'auto' })),
  object: (page) => page.evaluate(() => element('object', { data: 'http://outside.example/object', type: 'text/html' })),
  'imported script': (page) =>
    page.evaluate(() => import('http://outside.example/script.js' as string).catch(() => null).then(() => null)),
  'background image': (page) =>
    page.evaluate(() => {
      document.body.style.backgroundImage = 'url(http://outside.example/background)'
    }),
  'font face': (page) =>
    page.evaluate(() =>
      new FontFace('x', 'url(http://outside.example/font)')
        .load()
        .catch(() => null)
        .then(() => null),
    ),
  form: (page) =>
    page.evaluate(() => {
      const frame = document.createElement('iframe')
      frame.name = 'sink'
      document.body.append(frame)
      const form = document.createElement('form')
      form.action = 'http://outside.example/form'
      form.method = 'post'
      form.target = 'sink'
      document.body.append(form)
      form.submit()
    }),
}

declare function element(tag: string, attributes: Record<string, string>): Promise<null>

/** Adds `element` to the page: makes an element, waits until it loaded, failed or had time to. */
async function prepare(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.assign(globalThis, {
      element: (tag: string, attributes: Record<string, string>) =>
        new Promise((resolve) => {
          const node = document.createElement(tag)
          node.onload = () => resolve(null)
          node.onerror = () => resolve(null)
          setTimeout(() => resolve(null), 300)
          for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
          document.body.append(node)
        }),
    })
  })
}

async function tryAll({ page }: Visit): Promise<void> {
  await prepare(page)
  for (const sink of Object.values(sinks)) {
    await sink(page).catch(() => null)
    await page.waitForTimeout(60)
  }
}

/** Ways that reached the listener; each asks for an address of its own, so that what comes late is not taken for another. */
function waysOut({ escaped }: Visit): readonly string[] {
  return [...new Set(escaped.filter((address) => address.startsWith('outside.example/')))].sort()
}

test.skipIf(chromiumPath === null)('no request leaves the origin by any of fifteen ways out', async () => {
  const visited = await visit()
  try {
    await visited.page.getByRole('button', { name: 'Open the sample clinic' }).waitFor()
    await tryAll(visited)
    expect(visited.escaped).toEqual([])
    await visited.page.getByText(/Local only — 0 outside requests, \d+ held back/).waitFor()
    expect(visited.outside).toEqual([])
  } finally {
    await visited.end()
  }
})

test.skipIf(chromiumPath === null)('without the headers the same ways are open, and patient data is refused', async () => {
  const visited = await visit({ headers: false })
  try {
    await visited.page.getByText('Patient data is refused here').waitFor()
    const words = await visited.page.getByRole('note').first().innerText()
    expect(words).toContain('can send requests to other hosts')
    expect(await visited.page.getByRole('button', { name: 'Open a project…' }).isDisabled()).toBe(true)
    await tryAll(visited)
    await visited.page.getByText(/Not held back — [1-9]\d* outside requests/).waitFor()
    await expect.poll(() => waysOut(visited)).toEqual(expect.arrayContaining(['outside.example/fetch', 'outside.example/image']))
    await expect.poll(() => waysOut(visited).length).toBeGreaterThanOrEqual(8)
  } finally {
    await visited.end()
  }
})

test.skipIf(chromiumPath === null)('a server named with --connect can be reached, another one can not', async () => {
  const visited = await visit({ connect: ['http://fhir.example.org'] })
  try {
    await visited.page.getByRole('button', { name: 'Open the sample clinic' }).waitFor()
    await visited.page.evaluate(async () => {
      for (const host of ['fhir.example.org', 'other.example.org'])
        await fetch(`http://${host}/metadata`, { mode: 'no-cors' }).catch(() => null)
    })
    expect(visited.escaped).toContain('fhir.example.org/metadata')
    expect(visited.escaped.filter((address) => address.startsWith('other.'))).toEqual([])
    await visited.page.getByText('Talks to fhir.example.org').waitFor()
  } finally {
    await visited.end()
  }
})
