/** The charts: the groups differ by shape, dash and fill before they differ by colour. */
export const charts = `
.chart { display: block; width: 100%; height: auto; overflow: visible }
.wide { display: none; max-width: 45rem }
.narrow { max-width: 30rem }
@container (min-width: 40rem) {
  .wide { display: block }
  .narrow { display: none }
}
.chart text { font-size: 12.5px; fill: var(--ink); paint-order: stroke; stroke: var(--ground); stroke-width: 4px; stroke-linejoin: round }
.chart text.muted { fill: var(--soft) }
.chart text.strong { font-weight: 600 }
.grid, .tick { stroke: var(--faint); stroke-width: 1 }
.axis { stroke: var(--soft); stroke-width: 1 }
.zero { stroke: var(--ink); stroke-width: 1.25 }
.series { fill: none; stroke-width: 2.25; stroke-linejoin: round }
.series.aiRecorded { stroke: var(--ai-recorded) }
.series.noneRecorded { stroke: var(--none-recorded); stroke-dasharray: 6 3 }
.band { stroke-width: 1; fill-opacity: .16; stroke-opacity: .5 }
.band.aiRecorded { fill: var(--ai-recorded); stroke: var(--ai-recorded) }
.band.noneRecorded { fill: var(--none-recorded); stroke: var(--none-recorded); stroke-dasharray: 2 2 }
.mark.aiRecorded { fill: var(--ai-recorded); stroke: var(--ground); stroke-width: 1.5 }
.mark.noneRecorded { fill: var(--ground); stroke: var(--none-recorded); stroke-width: 2 }
.interval { fill: none; stroke-width: 1.75; stroke: var(--ink) }
.interval.companion { stroke: var(--soft); stroke-width: 1.25 }
.interval.aiRecorded, .spread.aiRecorded { stroke: var(--ai-recorded) }
.interval.noneRecorded, .spread.noneRecorded { stroke: var(--none-recorded) }
.spread { stroke-width: 1; opacity: .45 }
.estimate.main { fill: var(--ink); stroke: var(--ink) }
.estimate.companion { fill: var(--ground); stroke: var(--soft); stroke-width: 1.5 }
.bar.aiRecorded { fill: var(--ai-recorded); stroke: var(--ai-recorded) }
.bar.noneRecorded { fill: var(--none-recorded-fill); stroke: var(--none-recorded); stroke-width: 1.25 }
.bar.all { fill: var(--all) }
`
