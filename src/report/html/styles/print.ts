/** A4 in grey: everything open, nothing cut through. */
export const print = `
@page { size: A4; margin: 16mm 15mm }
@media print {
  :root {
    --ground: #ffffff; --raised: #ffffff; --ink: #000000; --soft: #444444; --rule: #999999; --faint: #cccccc;
    --ai-recorded: #000000; --none-recorded: #666666; --none-recorded-fill: #ffffff; --all: #777777;
  }
  body { font-size: 10pt }
  .report { max-width: none; padding: 0 }
  .skip { display: none }
  .statements { display: block }
  .card { display: block; max-width: none; padding-bottom: 1rem }
  .card .terms { columns: 2; column-gap: 2rem }
  .card .terms dt { break-after: avoid }
  figure, tr, .warnings li, .imprint div { break-inside: avoid }
  h2, h3, caption, .about { break-after: avoid }
  .part { margin-top: 1.6rem }
  .scroll { overflow: visible }
  details::details-content { content-visibility: visible; block-size: auto; display: block }
  summary { text-decoration: none; font-weight: 600; break-after: avoid }
}
`
