/** The studio's colours and type (src-renderer/styles/tokens.css), in the dark and on paper. */
export const PAGE_STYLE = `
:root { --bg: #0f1114; --panel: #16181c; --panel-2: #16181c; --line: #25282e; --line-2: #373c45; --ink: #eceef1; --ink-2: #b1b7c1; --ink-3: #959ca8;
  --ok: #5fcb8f; --warn: #f0b64a; --bad: #ff7a70; --bar: #4f5663; --people: #eceef1; color-scheme: dark }
@media print { :root { --bg: #fff; --panel: #fff; --panel-2: #f5f6f7; --line: #e0e3e7; --line-2: #c9ced5; --ink: #15181c; --ink-2: #434a54; --ink-3: #59616c;
  --ok: #16703f; --warn: #855300; --bad: #b3261e; --bar: #bcc2cb; --people: #15181c; color-scheme: light } }
* { box-sizing: border-box }
body { margin: 0; background: var(--bg); color: var(--ink); font: 400 14px/20px system-ui, -apple-system, "Segoe UI", Inter, "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums lining-nums; print-color-adjust: exact; -webkit-print-color-adjust: exact }
main { max-width: 1040px; margin: 0 auto; padding: 40px 24px 64px }
h1 { font: 600 24px/32px inherit; font-size: 24px; line-height: 32px; font-weight: 600; margin: 0 }
h2 { font-size: 16px; line-height: 24px; font-weight: 600; margin: 40px 0 4px }
h2 span { color: var(--ink-3); font-weight: 400; margin-left: 8px }
h3 { font-size: 13px; line-height: 20px; font-weight: 600; margin: 0 }
p { margin: 0 0 8px; color: var(--ink-2); max-width: 76ch }
code { font: 400 12px/16px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere }
.facts { display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 16px 0 0; padding: 0 }
.facts div { display: flex; flex-direction: column }
.facts dt { color: var(--ink-3); font-size: 12px; line-height: 16px; order: 2 }
.facts dd { margin: 0; font-size: 20px; line-height: 28px; font-weight: 600 }
.facts .hash dd { font-weight: 400; line-height: 18px; padding: 6px 0 4px }
.verdict { display: flex; align-items: flex-start; gap: 12px; margin: 24px 0 0; padding: 12px 16px; border: 1px solid var(--line-2); border-radius: 8px; background: var(--panel) }
.verdict svg { margin-top: 2px }
.verdict b { display: block }
ul.checks { list-style: none; margin: 8px 0 0; padding: 0; border-top: 1px solid var(--line) }
ul.checks li { display: grid; grid-template-columns: 20px minmax(0, 4fr) minmax(0, 5fr); gap: 2px 12px; padding: 10px 0; border-bottom: 1px solid var(--line); break-inside: avoid }
ul.checks svg { margin-top: 2px }
.name { color: var(--ink-3); font-size: 12px; line-height: 16px }
.found { color: var(--ink-2) }
.warned .found, .warned .mark { color: var(--warn) }
.failed .found, .failed .mark { color: var(--bad) }
.passed .mark { color: var(--ok) }
.skipped .mark, .skipped .title, .skipped .found { color: var(--ink-3) }
.wanted { color: var(--ink-3); font-size: 12px; line-height: 16px }
.examples { grid-column: 2 / -1; margin: 6px 0 0; padding: 8px 12px; list-style: none; background: var(--panel-2); border-radius: 6px; color: var(--ink-2); font-size: 12px; line-height: 18px; overflow-wrap: anywhere }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 16px; margin-top: 12px }
figure { margin: 0; padding: 12px 16px; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; break-inside: avoid }
figcaption { display: flex; justify-content: space-between; gap: 12px }
figcaption span { color: var(--ink-2); white-space: nowrap }
figure svg { display: block; width: 100%; height: auto; margin-top: 8px }
figure p { margin: 8px 0 0; font-size: 12px; line-height: 16px; color: var(--ink-3) }
.legend { display: flex; gap: 20px; margin-top: 12px; color: var(--ink-2); font-size: 12px }
.legend span { display: inline-flex; align-items: center; gap: 8px }
.legend i { width: 14px; height: 10px; background: var(--bar) }
.legend i.people { height: 2px; background: var(--people) }
.axis { fill: var(--ink-3); font-size: 11px }
footer { margin-top: 48px; padding-top: 16px; border-top: 1px solid var(--line); color: var(--ink-3); font-size: 12px; line-height: 18px }
@page { margin: 14mm }
@media print { main { padding: 0; max-width: none } }
@media (max-width: 640px) { ul.checks li { grid-template-columns: 20px minmax(0, 1fr) } ul.checks li > div:nth-of-type(2) { grid-column: 2 } }
`;
