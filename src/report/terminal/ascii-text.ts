/** How the characters that this product writes look where only ASCII can be shown. */
const substitutes: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  '−': '-',
  '–': '-',
  '—': '-',
  '·': '|',
  '…': '...',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '→': '->',
  '≥': '>=',
  '≤': '<=',
  '×': 'x',
  '━': '=',
  '│': '|',
  '┿': '+',
  '●': 'O',
  '◂': '<',
  '▸': '>',
}

const other = /[^\n -~]/gu

/** Text for a terminal whose locale is not UTF-8: what has no ASCII likeness becomes `?`. */
export function asciiText(text: string): string {
  return text.replace(other, (character) => substitutes[character] ?? '?')
}
