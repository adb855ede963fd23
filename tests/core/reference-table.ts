/** Reads the reference values that are laid beside the repository; tests skip themselves by name where they are absent. */
import { existsSync, readFileSync } from 'node:fs'

const folder = new URL('../../../shared/reference/review/', import.meta.url)

export function hasReference(name: string): boolean {
  return existsSync(new URL(name, folder))
}

/** Rows of a CSV table without quotes, by column name. */
export function referenceRows(name: string): ReadonlyMap<string, string>[] {
  const [header = '', ...lines] = readFileSync(new URL(name, folder), 'utf8').trim().split(/\r?\n/)
  const names = header.split(',')
  return lines.map((line) => new Map(line.split(',').map((cell, index) => [names[index] ?? '', cell])))
}

export function referenceJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
}

export function numberAt(row: ReadonlyMap<string, string>, column: string): number {
  const text = row.get(column)
  if (text === undefined || text === '') throw new Error(`No value in column ${column}`)
  return Number(text)
}
