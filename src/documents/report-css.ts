/** The look of the report: a printed document's, on a screen with its contents beside it, on paper without. */
export const reportCss = `
:root { color-scheme: light; }
body { margin: 0; background: #eceae6; color: #1c1b19; }
.annual-report {
  --song: "FZXiaoBiaoSong-B05S", "方正小标宋简体", "Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", SimSun, "宋体", serif;
  --text: "Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, "宋体", serif;
  --hei: "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", SimHei, "黑体", sans-serif;
  --kai: "KaiTi_GB2312", KaiTi, "楷体", "Kaiti SC", FandolKai, var(--text);
  --red: #b3211b; --line: #d9d4cb; --muted: #6a645b; --link: #23497a;
  display: grid; grid-template-columns: minmax(0, 1fr); max-width: 76rem; margin: 0 auto; font: 1.0625rem/1.95 var(--text); overflow-wrap: anywhere;
}
.annual-report[lang="en"] { --text: Georgia, "Times New Roman", "Noto Serif", "Noto Serif SC", serif; --song: var(--text); --kai: var(--text); --hei: "Helvetica Neue", Arial, "Liberation Sans", "Noto Sans", "Noto Serif SC", sans-serif; line-height: 1.65; }
.annual-report :is(h1, h2, h3, h4, p, dl, dd, ol, ul, pre, table) { margin: 0; padding: 0; }
.annual-report ol, .annual-report ul { list-style: none; }
.annual-report a { color: var(--link); text-underline-offset: .2em; }
.annual-report a:focus-visible, .annual-report summary:focus-visible, .annual-report pre:focus-visible { outline: 3px solid #e0a000; outline-offset: 2px; }
.annual-report nav { padding: 1.5rem 1.25rem; font: .875rem/1.6 var(--hei); background: #f5f3ef; }
.annual-report nav > p { font-weight: 700; letter-spacing: .3em; margin-bottom: .5rem; }
.annual-report[lang="en"] nav > p { letter-spacing: 0; }
.annual-report nav a { display: flex; color: inherit; text-decoration: none; padding: .22rem 0; }
.annual-report nav a:hover { color: var(--red); }
.annual-report nav a span { flex: none; }
.annual-report nav .of-rank-3 span { margin-right: .35em; }
.annual-report nav ol ol { padding-left: 1em; color: var(--muted); }
.annual-report[lang="en"] nav a span { min-width: 2em; }
.annual-report > :is(header, main) { min-width: 0; background: #fff; padding: clamp(1.5rem, 5vw, 4.5rem) clamp(1.1rem, 6vw, 5rem); }
.annual-report > header { padding-bottom: 1rem; }
.annual-report > main { padding-top: 1.4rem; }

.annual-report .issuer { border-top: 3px solid var(--red); padding-top: 1.4rem; text-align: center; color: var(--red); font: 900 1.35rem/1.4 var(--song); letter-spacing: .12em; }
.annual-report[lang="en"] .issuer { letter-spacing: .02em; }
.annual-report h1 { font: 700 clamp(1.5rem, 4.2vw, 2.05rem)/1.45 var(--song); text-align: center; text-wrap: balance; margin: 1.1rem 0 1.6rem; }
.annual-report header dl { border-block: 1px solid var(--line); padding: .7rem 0; font: .875rem/1.7 var(--hei); }
.annual-report header dl > div { display: grid; grid-template-columns: 8.5em minmax(0, 1fr); padding: .1rem 0; }
.annual-report header dt { color: var(--muted); }
.annual-report header pre { font: .75rem/1.5 ui-monospace, "Noto Sans Mono", Consolas, monospace; white-space: pre-wrap; padding: .2rem 0; }
.annual-report .findings { color: var(--red); }
.annual-report .language { text-align: right; font: .875rem/2 var(--hei); }

.annual-report section { scroll-margin-top: 1rem; }
.annual-report main > section > p { text-indent: 2em; text-align: justify; }
.annual-report[lang="en"] main > section > p { text-indent: 0; text-align: start; margin-bottom: .5rem; }
.annual-report .rank-1 { font: 700 1.25rem/1.6 var(--hei); margin: 2.2rem 0 .6rem; }
.annual-report .rank-2 { font: 700 1.125rem/1.7 var(--kai); margin: 1.5rem 0 .3rem; }
.annual-report .rank-3 { font: 700 1.0625rem/1.7 var(--text); margin: .9rem 0 .1rem; }
.annual-report[lang="zh-CN"] .rank-2, .annual-report[lang="zh-CN"] .rank-3 { padding-left: 2em; }
.annual-report[lang="en"] :is(.rank-1, .rank-2, .rank-3) span { color: var(--muted); margin-right: .7em; font-weight: 400; }
.annual-report[lang="zh-CN"] .rank-3 span { margin-right: .35em; }
.annual-report :is(.rank-1, .rank-2, .rank-3) { break-after: avoid; text-wrap: balance; }
.annual-report .to-be-written { color: var(--muted); font-family: var(--kai); }
.annual-report a.figure { color: inherit; font-weight: 600; text-decoration: underline dotted var(--red) 1.5px; white-space: nowrap; }
.annual-report a.figure.not-built { color: var(--muted); font-weight: 400; text-decoration-color: var(--line); white-space: normal; }
.annual-report a.figure:hover { background: #fbeeda; }
.annual-report .signature { margin: 3rem 0 0 auto; width: fit-content; text-align: center; break-inside: avoid; }

.annual-report #figures { border-top: 1px solid var(--line); margin-top: 4rem; padding-top: .5rem; }
.annual-report #figures > p { font: .9375rem/1.8 var(--text); color: var(--muted); text-indent: 0; }
.annual-report .group h3 { font: 700 .9375rem/1.5 var(--hei); margin: 1.8rem 0 .3rem; break-after: avoid; }
.annual-report .group h3 span { color: var(--muted); font-weight: 400; margin-right: .7em; }
.annual-report .entry { border-top: 1px solid var(--line); scroll-margin-top: 1rem; }
.annual-report .entry:last-child { border-bottom: 1px solid var(--line); }
.annual-report .entry:target { background: #fdf6e9; box-shadow: 0 0 0 .5rem #fdf6e9; }
.annual-report .entry .head { display: flex; gap: 1rem; align-items: baseline; padding: .4rem 0; line-height: 1.5; }
.annual-report summary { cursor: pointer; list-style: none; }
.annual-report summary::-webkit-details-marker { display: none; }
.annual-report summary .name::before { content: "＋"; color: var(--red); font-family: var(--hei); margin-right: .3em; }
.annual-report details[open] > summary .name::before { content: "－"; }
.annual-report .plain .name { padding-left: 1.3em; }
.annual-report .entry .name { flex: 1; }
.annual-report .entry .value { font: 700 1.0625rem/1.4 var(--hei); font-variant-numeric: tabular-nums; white-space: nowrap; text-align: right; }
.annual-report .entry .value small { font-weight: 400; font-size: .8125rem; color: var(--muted); margin-left: .25em; }
.annual-report .entry .value:not(.computed) { font-weight: 400; font-size: .875rem; color: var(--muted); }
.annual-report .entry .why { font: .8125rem/1.5 var(--hei); color: var(--muted); padding: 0 0 .5rem 1.65em; display: none; }
.annual-report .entry:target .why { display: block; }
.annual-report details > dl { display: grid; grid-template-columns: 5.5em minmax(0, 1fr); gap: .6rem 1rem; padding: .3rem 0 1.2rem 1.4em; font: .875rem/1.75 var(--hei); }
.annual-report details dt { color: var(--muted); }
.annual-report details pre { font: .75rem/1.6 ui-monospace, "Noto Sans Mono", Consolas, monospace; background: #f5f3ef; padding: .6rem .8rem; max-height: 16rem; overflow: auto; white-space: pre-wrap; }
.annual-report code { font: .8125rem ui-monospace, "Noto Sans Mono", Consolas, monospace; }
.annual-report details table { border-collapse: collapse; width: 100%; margin: .2rem 0 .6rem; font-variant-numeric: tabular-nums; }
.annual-report details :is(th, td) { text-align: left; font-weight: 400; padding: .15rem .8rem .15rem 0; border-bottom: 1px solid var(--line); }
.annual-report details thead th { color: var(--muted); }
.annual-report .part { font-weight: 700; }
.annual-report .all { color: var(--muted); }
.annual-report .months { width: 100%; max-width: 640px; height: auto; font: 11px var(--hei); fill: var(--muted); text-anchor: middle; display: block; }
.annual-report .months rect { fill: #b7574f; }
.annual-report .months line { stroke: var(--line); }
.annual-report .months text:not(.month) { fill: #1c1b19; }
/* A figure's link opens its entry where the browser can; elsewhere it leads to it. */
@supports selector(::details-content) {
  .annual-report details:target::details-content { content-visibility: visible; block-size: auto; }
  .annual-report details:target > summary .name::before { content: "－"; }
}

@media (min-width: 68rem) {
  .annual-report { grid-template: "nav header" auto "nav main" 1fr / 17.5rem minmax(0, 1fr); }
  .annual-report > header { grid-area: header; }
  .annual-report > main { grid-area: main; }
  .annual-report nav { grid-area: nav; position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; box-sizing: border-box; background: none; padding-top: 3rem; }
}
@media (max-width: 40rem) {
  .annual-report details > dl { grid-template-columns: minmax(0, 1fr); gap: .2rem; }
  .annual-report header dl > div { grid-template-columns: minmax(0, 1fr); }
}
@page { size: A4; margin: 25mm 26mm 25mm 28mm; @bottom-center { content: "— " counter(page) " —"; font: 10.5pt serif; } }
@media print {
  body { background: none; }
  .annual-report { display: block; font-size: 12pt; }
  .annual-report nav, .annual-report .language, .annual-report summary .name::before { display: none; }
  .annual-report > :is(header, main) { padding: 0; }
  .annual-report .plain .name { padding-left: 0; }
  .annual-report a { color: inherit; text-decoration: none; }
  .annual-report a.figure { font-weight: inherit; }
  .annual-report #figures { break-before: page; border-top: 0; margin-top: 0; }
  .annual-report .entry { break-inside: avoid; font-size: 10.5pt; }
  .annual-report details pre { max-height: none; }
}
`
