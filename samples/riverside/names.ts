/** Invented people and places: varied, with accents, apostrophes and double names; any likeness to a person is chance. */

export const familyNames: readonly string[] = (
  'Sørensen|Okafor|García|Nguyen|Müller|Kowalska|O’Brien|Haddad|Tanaka|Lindqvist|Fernández|Abebe|Novák|Rossi|Dubois|Petrov|' +
  'Silva|Andersson|Kaya|Moreau|Björk|Castañeda|D’Souza|Eriksen|Farrow|Gomes|Hartley|Ibarra|Jansen|Kimura|Larsen|Marlowe|' +
  'Núñez|Osei|Pereira|Quist|Ramírez|Schröder|Thorne|Underhill|Vargas|Whitcombe|Ximénez|Yilmaz|Zielinski|Ashdown|Bellweather|' +
  'Corbin|Delacroix|Eastwick|Fairbrook|Gallowmere|Hightower|Ivarsson|Joubert|Kestrel|Lovelock|Mbeki|Nakamura|Orchard|Pettibone|' +
  'Quillfeather|Rosenqvist|Stanhope|Tavares|Ullmann|Vandermeer|Westergaard|Yarrow|Zamora|Peña|Köhler|Brûlé|Çelik|João|Strauß|' +
  'Mac Gregor|de la Cruz|van den Berg|Al-Amin|Saint-Just|Oyelaran|Achterberg|Birchwood|Cresswell|Drummond|Ellingsen|Fitzalan'
).split('|')

export const femaleNames: readonly string[] = (
  'Mari|Adaeze|Lucía|Linh|Greta|Zofia|Siobhán|Layla|Yuki|Astrid|Inés|Selam|Eliška|Chiara|Élodie|Natalia|Beatriz|Karin|Elif|' +
  'Margaux|Saga|Ximena|Priya|Solveig|Hazel|Renée|Ottilie|Noémie|Anna-Lena|Marie-Claire|Fatou|Ingrid|Jolene|Keiko|Lenore|Maeve'
).split('|')

export const maleNames: readonly string[] = (
  'Anders|Chidi|Mateo|Minh|Jürgen|Piotr|Eoin|Samir|Kenji|Björn|Andrés|Dawit|Tomáš|Luca|Rémy|Dmitri|Thiago|Nils|Emre|' +
  'Bastien|Leif|Joaquín|Arjun|Håkon|Rowan|René|Otto|Noël|Hans-Peter|Jean-Luc|Kwame|Ivar|Jasper|Kaito|Linus|Magnus'
).split('|')

export const streets: readonly string[] =
  'Mill Lane|Riverside Walk|Old Ferry Road|Station Parade|Café Row|Orchard Close|Kingfisher Way|St. Mary’s Road|Weir Street|Lock Gate'.split(
    '|',
  )

export const towns: readonly (readonly [town: string, postcode: string])[] = [
  ['Riverside', '40217'],
  ['Weirford', '40219'],
  ['Lower Ferry', '40231'],
  ['Millbrook', '40240'],
  ['St. Olave', '40255'],
]

/** Site code in the legacy system, name in the target. */
export const sites: readonly (readonly [code: string, name: string])[] = [
  ['RVS', 'Riverside Clinic'],
  ['WFD', 'Weirford Surgery'],
  ['MBK', 'Millbrook Health Centre'],
]
