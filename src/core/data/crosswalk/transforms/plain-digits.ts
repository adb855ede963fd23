/** `1.23E+2` written out as `123`, digit by digit; any other text stays as it is. */

const form = /^([+-]?)(\d*)(?:\.(\d*))?[eE]([+-]?\d{1,3})$/

export function plainDigits(text: string): string {
  const found = form.exec(text)
  const [, sign = '', whole = '', fraction = '', power = '0'] = found ?? []
  const digits = whole + fraction
  if (!found || digits === '') return text
  const point = whole.length + Number(power)
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const at = Math.max(point, 1)
  const rest = padded.slice(at)
  return `${sign}${padded.slice(0, at).replace(/^0+(?=\d)/, '')}${rest === '' ? '' : `.${rest}`}`
}
