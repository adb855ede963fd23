/** What the ledger says of input files: added or replaced whole, changed by hand, removed; the object is the path, the digest that of the text as kept. */
export const inputAdded = 'input-added'
