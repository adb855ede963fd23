/** What a server refused, with what to look at. */
import { ExportError, shown } from './wire.ts'

export function refused(url: string, status: number, said: string | null): ExportError {
  const advice =
    status === 401 || status === 403
      ? 'Check the token and what it may read.'
      : status === 404
        ? 'Check the address, and that the server offers this export.'
        : 'Ask who runs the server.'
  return new ExportError(`${shown(url)} refused (HTTP ${status}). ${advice}`, said)
}
