/** What a web server has to be told to serve the app; one file of this folder says it to each of them. */

export interface HostedApp {
  /** Absolute path of the folder in which the server finds the app. Without quotes, backslashes, `$`, braces and controls. */
  readonly root: string
  /** Paths of all files in it, with `/` and without one in front. */
  readonly files: readonly string[]
  /** Origins of FHIR servers that the page may reach. */
  readonly connect: readonly string[]
}

/** What a server has no type for, and a browser does not run or read without one. */
export const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.csv': 'text/csv',
  '.ndjson': 'application/x-ndjson',
}

/** Whether a path can stand in quotes of every format here. */
export function isPlainRoot(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  return !/["'`\\${}\u0000-\u001f\u007f]/.test(path)
}
