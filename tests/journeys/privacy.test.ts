import { expect, test } from 'vitest'
import { chromiumPath, type Visit, visit } from './browser.ts'

/** Ways that reached the listener; each asks for an address of its own, so that what comes late is not taken for another. */
function waysOut({ escaped }: Visit): readonly string[] {
  return [...new Set(escaped.filter((address) => address.startsWith('outside.example/')))].sort()
}

test.skipIf(chromiumPath === null)('without the headers the same ways are open, and patient data is refused', async () => {
  const visited = await visit({ headers: false })
  try {
    await visited.page.getByText('Patient data is refused here').waitFor()
    const words = await visited.page.getByRole('note').first().innerText()
    expect(words).toContain('can send requests to other hosts')
    expect(await visited.page.getByRole('button', { name: 'Open a project…' }).isDisabled()).toBe(true)
    await visited.page.evaluate(() => {
      new Image().src = 'http://outside.example/image'
      return fetch('http://outside.example/fetch', { mode: 'no-cors' }).then(() => null)
    })
    await visited.page.getByText(/Not held back — [1-9]\d* outside requests/).waitFor()
    await expect.poll(() => waysOut(visited)).toEqual(expect.arrayContaining(['outside.example/fetch', 'outside.example/image']))
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
