/** Text for a terminal: what stands in names and cells must not move the cursor, set a colour or turn the writing round. */

// C0 but tab and line feed, DEL, C1, and the controls of writing direction that reorder a line.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const controls = /\r(?!\n)|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/** Each control as `\u001b`. Inside a string of JSON that is the same string, so JSON may be written through it. */
export function terminalText(text: string): string {
  return text.replace(controls, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
