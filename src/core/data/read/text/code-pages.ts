/**
 * Code pages that TextDecoder does not know: what personal computers wrote under DOS (IBM 437 and 850) and what mainframes
 * write (EBCDIC 037 and 500). One character per byte, in the order of the bytes. Source: IBM CDRA code page tables.
 */

/** Bytes 0x00–0x7F of the DOS code pages are ASCII. */
const ascii = Array.from({ length: 128 }, (_, byte) => String.fromCharCode(byte)).join('')

/** The mainframe's "new line" (0x15) and "line feed" (0x25) both end a line here. */
const pages: Readonly<Record<string, string>> = {
  cp437:
    ascii +
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ' +
    'áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
    '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
    'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\xa0',
  cp850:
    ascii +
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ' +
    'áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
    '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀' +
    'ÓßÔÒõÕµþÞÚÛÙýÝ¯´\xad±‗¾¶§÷¸°¨·¹³²■\xa0',
  'ebcdic-037':
    '\x00\x01\x02\x03\x9c\x09\x86\x7f\x97\x8d\x8e\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x9d\x0a\x08\x87\x18\x19\x92\x8f\x1c\x1d\x1e\x1f' +
    '\x80\x81\x82\x83\x84\x0a\x17\x1b\x88\x89\x8a\x8b\x8c\x05\x06\x07\x90\x91\x16\x93\x94\x95\x96\x04\x98\x99\x9a\x9b\x14\x15\x9e\x1a' +
    ' \xa0âäàáãåçñ¢.<(+|&éêëèíîïìß!$*);¬' +
    '-/ÂÄÀÁÃÅÇÑ¦,%_>?øÉÊËÈÍÎÏÌ`:#@\'="' +
    'Øabcdefghi«»ðýþ±°jklmnopqrªºæ¸Æ¤' +
    'µ~stuvwxyz¡¿ÐÝÞ®^£¥·©§¶¼½¾[]¯¨´×' +
    '{ABCDEFGHI\xadôöòóõ}JKLMNOPQR¹ûüùúÿ' +
    '\\÷STUVWXYZ²ÔÖÒÓÕ0123456789³ÛÜÙÚ\x9f',
  'ebcdic-500':
    '\x00\x01\x02\x03\x9c\x09\x86\x7f\x97\x8d\x8e\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x9d\x0a\x08\x87\x18\x19\x92\x8f\x1c\x1d\x1e\x1f' +
    '\x80\x81\x82\x83\x84\x0a\x17\x1b\x88\x89\x8a\x8b\x8c\x05\x06\x07\x90\x91\x16\x93\x94\x95\x96\x04\x98\x99\x9a\x9b\x14\x15\x9e\x1a' +
    ' \xa0âäàáãåçñ[.<(+!&éêëèíîïìß]$*);^' +
    '-/ÂÄÀÁÃÅÇÑ¦,%_>?øÉÊËÈÍÎÏÌ`:#@\'="' +
    'Øabcdefghi«»ðýþ±°jklmnopqrªºæ¸Æ¤' +
    'µ~stuvwxyz¡¿ÐÝÞ®¢£¥·©§¶¼½¾¬|¯¨´×' +
    '{ABCDEFGHI\xadôöòóõ}JKLMNOPQR¹ûüùúÿ' +
    '\\÷STUVWXYZ²ÔÖÒÓÕ0123456789³ÛÜÙÚ\x9f',
}

const labels: Readonly<Record<string, string>> = {
  ibm437: 'cp437',
  '437': 'cp437',
  ibm850: 'cp850',
  '850': 'cp850',
  ebcdic: 'ebcdic-037',
  cp037: 'ebcdic-037',
  ibm037: 'ebcdic-037',
  'ibm-037': 'ebcdic-037',
  'ebcdic-cp-us': 'ebcdic-037',
  cp500: 'ebcdic-500',
  ibm500: 'ebcdic-500',
  'ibm-500': 'ebcdic-500',
  'ebcdic-cp-be': 'ebcdic-500',
}

/** The name of a code page of this file for a label in lower case; null for any other. */
export function codePageName(label: string): string | null {
  const name = labels[label] ?? label
  return Object.hasOwn(pages, name) ? name : null
}

/** The 256 characters of a code page; null where it is none of this file. */
export function codePage(name: string): readonly string[] | null {
  return Object.hasOwn(pages, name) ? Array.from(pages[name] ?? '') : null
}
