/** The logo on printed pages: a picture is drawn anew here, so that nothing but its pixels is kept. */
import { logoFault, logoLimits, logoPath } from '../../../../core/readiness/sheets/logo.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import { act, type Refusal, recorded } from '../../../session/act.ts'

/** Larger files are no logo; a small one may still say that it is huge, which `createImageBitmap` is then asked to scale down. */
const largestFile = 8 << 20

/** Height on paper is 14 mm: this many pixels print sharp. */
const box = { width: 640, height: 240 } as const

type Kind = 'image/png' | 'image/jpeg' | 'image/webp'

/** By its first bytes, whatever its name says: drawings with scripts are none of them. */
function pictureKind(bytes: Uint8Array): Kind | null {
  const begins = (...codes: readonly number[]): boolean => codes.every((code, at) => bytes[at] === code)
  const word = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg'
  return word(0) === 'RIFF' && word(8) === 'WEBP' ? 'image/webp' : null
}

/** Null where it is kept, otherwise the sentence that says why not. */
export async function setLogo(file: File): Promise<Refusal> {
  if (file.size > largestFile) return `${file.name} is larger than ${largestFile >> 20} MB. Choose a smaller picture.`
  const given = new Uint8Array(await file.arrayBuffer())
  const kind = pictureKind(given)
  if (kind === null) return `${file.name} is no PNG, JPEG or WebP picture. Save the logo as PNG and choose it again.`
  const bytes = await drawn(new Blob([given], { type: kind })).catch((error: unknown) => errorWords(error))
  if (typeof bytes === 'string') return `${file.name} can not be read as a picture: ${bytes}`
  const fault = logoFault(bytes)
  if (fault !== null) return fault
  return act((project, hand) => recorded(project, [], hand, { other: new Map(project.other).set(logoPath, bytes) }))
}

export function removeLogo(): Promise<Refusal> {
  return act((project, hand) => {
    const other = new Map(project.other)
    other.delete(logoPath)
    return recorded(project, [], hand, { other })
  })
}

async function drawn(picture: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const image = await createImageBitmap(picture)
  const scale = Math.min(1, box.width / image.width, box.height / image.height)
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale)))
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser draws no pictures.')
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  image.close()
  const png = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())
  if (png.length > logoLimits.bytes)
    throw new Error(`it takes more than ${logoLimits.bytes / 1024} kB. Choose one with fewer details.`)
  return png
}
