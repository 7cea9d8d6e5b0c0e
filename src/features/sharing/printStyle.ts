/** Colours and lines of web/styles.css, for pages that allow no script and no inline style. */
export const printStyle = `:root{color-scheme:light dark;--paper:#faf7f0;--sheet:#fffdf8;--ink:#1c1a16;--soft:#5a554b;--rule:#ddd6c7;--edge:#8a8375;--accent:#9c2f1b;--train:#353a8c;--bus:#0f6e66;--flight:#1c75aa;--metro:#a61e63;--taxi:#9a6700;--walk:#6b665b;font:1rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Devanagari',sans-serif;font-variant-numeric:tabular-nums lining-nums}
@media (prefers-color-scheme:dark){:root{--paper:#151410;--sheet:#1e1c18;--ink:#f2ede1;--soft:#b9b2a3;--rule:#3a362e;--edge:#857e70;--accent:#ff9d80;--train:#979cf2;--bus:#4fc0b4;--flight:#8ac7ee;--metro:#ee8fbe;--taxi:#f2c464;--walk:#a29b8c}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:anywhere}
header,main{max-width:44rem;margin:0 auto;padding:.75rem 1rem}
header{display:flex;align-items:center;justify-content:space-between}
header a,.action{display:inline-flex;align-items:center;min-height:2.75rem}
header a{color:inherit;text-decoration:none}
header .home{gap:.5rem;font:600 1.25rem/1.5 'Iowan Old Style',Charter,Georgia,'Noto Serif',serif}
header svg{color:var(--accent)}
h1{font:600 1.75rem/1.25 'Iowan Old Style',Charter,Georgia,'Noto Serif','Noto Serif Devanagari',serif;margin:.5rem 0 .25rem}
h2{font-size:1rem;font-weight:600;margin:0}
p{margin:0}
a{color:var(--accent);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.soft{color:var(--soft)}
.progress{margin-top:1rem;font-weight:600}
ol{list-style:none;margin:1rem 0 1.5rem;padding:1rem;background:var(--sheet);border:solid var(--ink);border-width:3px 0 1px;border-top-style:double}
li{--mode:var(--walk);break-inside:avoid}
li+li{margin-top:.75rem;border-top:1px solid var(--rule);padding-top:.75rem}
.day{margin-bottom:.25rem;font-size:.875rem;color:var(--soft)}
.stop{display:grid;grid-template-columns:3.5rem 1fr;font-weight:500}
.stop time{font-weight:600}
.ride{margin:.25rem 0 .25rem 3.5rem;border-left:4px solid var(--mode);padding:.25rem 0 .25rem .75rem}
.ride p{font-size:.9375rem;color:var(--soft)}
.mode{color:var(--mode)}
[data-mode=train]{--mode:var(--train)}
[data-mode=bus],[data-mode=ferry]{--mode:var(--bus)}
[data-mode=bus] .ride,[data-mode=ferry] .ride{border-left-style:dashed}
[data-mode=flight]{--mode:var(--flight)}
[data-mode=flight] .ride{border-left:6px double var(--mode)}
[data-mode=metro],[data-mode=tram]{--mode:var(--metro)}
[data-mode=taxi],[data-mode=auto]{--mode:var(--taxi)}
[data-mode=taxi] .ride,[data-mode=auto] .ride{border-left-width:2px}
[data-mode=walk] .ride{border-left-style:dotted}
.booked,.open{display:inline-block;border:1px solid var(--ink);padding:0 .375rem;font-size:.8125rem;line-height:1.375rem}
.booked{background:var(--ink);color:var(--paper)}
.open{border-style:dashed;border-color:var(--edge);color:var(--ink)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0 0 1rem}
dd{margin:0;font-weight:600}
@media print{:root{color-scheme:light;--paper:#fff;--sheet:#fff;font-size:11pt}header,main{padding:0}.screen,header a:not(.home){display:none}}
`;
