/** The style of the HTML file: readable at 390 px, in both themes, and on A4 with the word on every page. */

/** The style sheet. */
export const HTML_STYLE = `
:root{color-scheme:light dark;--bg:#fff;--text:#171b21;--muted:#566070;--line:#d4dae2;--soft:#eef1f5;
--bad:#b3361b;--ok:#0f6ba8;--warn:#8a5a00;--accent:#2f5bd0;
--s0:#0072b2;--s1:#b06a00;--s2:#007a5e;--s3:#8a7a00;--s4:#a8467f;--s5:#c2410c;--s6:#5b5bd6;--s7:#4b5563}
@media screen and (prefers-color-scheme:dark){:root{--bg:#0e1116;--text:#e6e9ee;--muted:#9aa5b4;
--line:#2a333f;--soft:#1c232c;--bad:#ff7a59;--ok:#56b4e9;--warn:#e69f00;--accent:#7aa2f7;
--s0:#56b4e9;--s1:#e69f00;--s2:#2bc8a0;--s3:#f0e442;--s4:#cc79a7;--s5:#ff7a59;--s6:#9aa5ff;--s7:#c9d1d9}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:15px/22px system-ui,-apple-system,'Segoe UI',Roboto,
'Noto Sans','Liberation Sans',sans-serif;overflow-wrap:anywhere;-webkit-text-size-adjust:100%}
.page{width:100%;border-collapse:collapse;table-layout:fixed}
.page>thead>tr>td,.page>tbody>tr>td{padding:0;border:0;text-align:left}
.marking{padding:6px 16px;border-bottom:2px solid var(--bad);color:var(--bad);font-weight:700;
letter-spacing:.08em;text-align:center}
main{max-width:820px;margin:0 auto;padding:16px 16px 48px}
h1{margin:8px 0 4px;font-size:24px;line-height:30px}
h2{margin:32px 0 8px;padding-top:8px;border-top:1px solid var(--line);font-size:17px;line-height:24px}
p,ul,ol,dl,figure{margin:0 0 10px}
ul,ol{padding-left:20px}li{margin-bottom:4px}
.summary{padding-left:22px;font-size:16px;line-height:24px}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:2px 12px;color:var(--muted);font-size:13px;
line-height:18px}
.facts dt,.facts dd{margin:0}.facts dd{color:var(--text)}
.small,.by{color:var(--muted);font-size:13px;line-height:18px}
code,pre,time,.num{font-family:ui-monospace,'SF Mono','Cascadia Mono','DejaVu Sans Mono','Liberation Mono',
monospace;font-size:12.5px;font-variant-numeric:tabular-nums}
pre{margin:4px 0 10px;padding:8px;border:1px solid var(--line);background:var(--soft);white-space:pre-wrap}
table.data{width:100%;margin:0 0 10px;border-collapse:collapse;font-size:13px;line-height:18px}
table.data th,table.data td{padding:4px 8px 4px 0;border-bottom:1px solid var(--line);text-align:left;
vertical-align:top}
table.data th{color:var(--muted);font-weight:500}
table.data .num{text-align:right;white-space:nowrap}
a{color:var(--accent)}
.marker{padding:0 4px;border:1px solid var(--line);font-size:12px;white-space:nowrap}
.phases{display:flex;height:14px;margin:0 0 8px;border:1px solid var(--line)}
.phases i{min-width:2px}
.swatch{display:inline-block;width:14px;height:0;margin-right:5px;border-top:3px solid;vertical-align:middle}
.swatch.dashed{border-top:2px dashed var(--bad)}
.s0{color:var(--s0)}.s1{color:var(--s1)}.s2{color:var(--s2)}.s3{color:var(--s3)}.s4{color:var(--s4)}
.s5{color:var(--s5)}.s6{color:var(--s6)}.s7{color:var(--s7)}
.phases .s0{background:var(--s0)}.phases .s1{background:var(--s1)}.phases .s2{background:var(--s2)}
.phases .s4{background:var(--s4)}.phases .s6{background:var(--s6)}
.block{width:10px;height:10px;border:0;background:currentColor}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,330px),1fr));gap:16px}
figure{min-width:0;max-width:480px}figcaption{font-size:13px;line-height:18px}
figcaption span{color:var(--muted)}
figure p{color:var(--muted);font-size:13px;line-height:18px}
svg{display:block;width:100%;height:auto}
svg text{fill:var(--muted);font:10px ui-monospace,'DejaVu Sans Mono','Liberation Mono',monospace}
svg .letter{fill:var(--text);font-weight:700}
svg path{fill:none}.grid{stroke:var(--line)}.mark{stroke:var(--muted);stroke-dasharray:2 2}
.promise{stroke:var(--bad);stroke-dasharray:5 3}
.line{stroke:currentColor;stroke-width:1.8;stroke-linejoin:round}
.line.s1{stroke-dasharray:6 2}.line.s2{stroke-dasharray:2 2}
.key{display:flex;flex-wrap:wrap;gap:2px 12px;margin:4px 0;padding:0;list-style:none;font-size:12px;
line-height:16px}
.key li{margin:0;white-space:nowrap}
.lanes{display:grid;grid-template-columns:max-content 1fr;gap:3px 8px;font-size:12px;line-height:16px}
.lanes dt{color:var(--muted)}.lanes dd{position:relative;height:16px;margin:0;background:var(--soft)}
.lanes .ends{display:flex;justify-content:space-between;background:none;color:var(--muted)}
.tick{position:absolute;top:4px;width:2px;height:8px;background:var(--muted)}
.tick.strong{top:0;width:3px;height:16px}
.tick.bad{background:var(--bad)}.tick.good{background:var(--ok)}.tick.action{background:var(--accent)}
.hurt{position:absolute;top:5px;height:6px;background:var(--bad);opacity:.45}
table.timeline th:nth-child(1){width:76px}table.timeline th:nth-child(2){width:128px}
table.timeline th:nth-child(3){width:104px}.timeline td:first-child{white-space:nowrap}
.worse>li{margin-bottom:12px}
@media (max-width:560px){.timeline,.timeline tbody,.timeline tr,.timeline td{display:block}
.timeline thead{display:none}.timeline tr{padding:5px 0;border-bottom:1px solid var(--line)}
table.timeline td{display:inline;padding:0 6px 0 0;border:0}table.timeline td:last-child{display:block}}
@page{size:A4;margin:12mm 14mm 16mm;@bottom-right{content:counter(page) ' / ' counter(pages);
font:9pt sans-serif;color:#566070}@bottom-left{content:'EXERCISE: not a real incident';font:9pt sans-serif;
color:#566070}}
@media print{body{font-size:10.5pt;line-height:15pt}main{max-width:none;padding:8px 0 0}
h1{font-size:18pt;line-height:22pt}h2{margin-top:18px;font-size:13pt;break-after:avoid}
.summary{font-size:11pt;line-height:16pt}.marking{padding:0 0 4px}
figure,tr,li,.lanes{break-inside:avoid}.charts{grid-template-columns:1fr 1fr}
p{orphans:3;widows:3}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`.trim();
