/** Text for Markdown: file and column names are foreign, and nothing in them may become a link, a tag or a new cell. */
export function markdownText(value: string): string {
  return value.replace(/[\\`*_{}[\]<>|#]/g, '\\$&').replace(/[\r\n]+/g, ' ')
}
