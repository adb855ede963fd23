/** The clinic's logo, kept in the project as a small PNG: what is not surely one is not shown. */
import type { Project } from '../../project/format/project.ts'
import { encodeBase64 } from '../../values/base64.ts'

export const logoPath = 'readiness/logo.png'

/** A letterhead needs no more; a folder that somebody else wrote may hold anything. */
export const logoLimits = { bytes: 256 * 1024, pixels: 1024 } as const

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Why these bytes are no logo, as a sentence; null where they are one. */
export function logoFault(bytes: Uint8Array): string | null {
  if (!signature.every((byte, at) => bytes[at] === byte) || bytes.length < 33 || ascii(bytes, 12) !== 'IHDR')
    return 'The logo is no PNG image. Choose it again in Settings.'
  if (bytes.length > logoLimits.bytes)
    return `The logo is larger than ${logoLimits.bytes / 1024} kB. Choose a smaller one in Settings.`
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  return width === 0 || height === 0 || width > logoLimits.pixels || height > logoLimits.pixels
    ? `The logo is wider or higher than ${logoLimits.pixels} pixels. Choose a smaller one in Settings.`
    : null
}

function ascii(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}

/** A picture inside its own address. */
export type LogoAddress = `data:image/png;base64,${string}`

const addresses = new WeakMap<Uint8Array, LogoAddress>()

/** The logo as a data address; null where the project has none that can be shown. */
export function logoOf({ other }: Pick<Project, 'other'>): LogoAddress | null {
  const bytes = other.get(logoPath)
  if (bytes === undefined || logoFault(bytes) !== null) return null
  const known = addresses.get(bytes) ?? (`data:image/png;base64,${encodeBase64(bytes)}` as const)
  addresses.set(bytes, known)
  return known
}
