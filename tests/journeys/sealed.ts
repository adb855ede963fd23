/** What the browser keeps sealed, opened past the app with the keys that lie beside it. */
import type { Page } from 'playwright-core'

declare global {
  /** As it was sealed, or as it is where it was not; `place` as src/io/store names it. */
  var openSealed: (place: string, bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>
}

export async function canOpenSealed(page: Page): Promise<void> {
  await page.evaluate(() => {
    globalThis.openSealed = async (place, bytes) => {
      if (new TextDecoder().decode(bytes.subarray(0, 4)) !== 'CPS1') return bytes
      const id = [...bytes.subarray(4, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('carryover-rest-keys')
      for await (const [name, handle] of folder.entries()) {
        if (!name.endsWith(id)) continue
        const raw = await (await (handle as FileSystemFileHandle).getFile()).arrayBuffer()
        const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt'])
        const how = { name: 'AES-GCM', iv: bytes.slice(12, 24), additionalData: new TextEncoder().encode(place) }
        return new Uint8Array(await crypto.subtle.decrypt(how, key, bytes.slice(24)))
      }
      return bytes
    }
  })
}
