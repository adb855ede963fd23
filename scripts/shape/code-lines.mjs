/** Lines of code of a source text: without comments, blank lines and examples, so that prose never counts as growth. */

/** Text without comments; strings, templates and regular expressions keep what looks like one. Line ends stay. */
export function withoutComments(text) {
  return text.replace(
    /('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*(?=\s*[.,;)\]}]|$))|\/\*[\s\S]*?\*\/|\/\/[^\n]*/gm,
    (whole, kept) => kept ?? whole.replace(/[^\n]+/g, ''),
  )
}

/** Text without the top-level constants that hold examples; each ends at the first line that closes it at the margin. */
export function withoutExamples(text) {
  return text.replace(/^(?:export )?const \w*[eE]xamples?\b[^\n]*(?:\n(?![)\]}]|\S)[^\n]*)*(?:\n[)\]}][^\n]*)?/gm, '')
}

export function codeLines(path, text) {
  if (/examples?\.tsx?$/.test(path)) return 0
  return withoutExamples(withoutComments(text))
    .split('\n')
    .filter((line) => line.trim() !== '').length
}
