/** Colours and lines of web/styles.css, for a page that allows no script and no inline style. */
export const searchPageStyle = `:root{color-scheme:light dark;--paper:#faf7f0;--sheet:#fffdf8;--ink:#1c1a16;--soft:#5a554b;--rule:#ddd6c7;--edge:#8a8375;--accent:#9c2f1b;--on-accent:#fffdf8;--wash:#f5e8e1;font:1rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Devanagari',sans-serif;font-variant-numeric:tabular-nums lining-nums}
@media (prefers-color-scheme:dark){:root{--paper:#151410;--sheet:#1e1c18;--ink:#f2ede1;--soft:#b9b2a3;--rule:#3a362e;--edge:#857e70;--accent:#ff9d80;--on-accent:#2a0d05;--wash:#33211a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:anywhere}
header,main{max-width:52rem;margin:0 auto;padding:.75rem 1rem}
header{display:flex;align-items:center;justify-content:space-between}
header a,.action,main p a,.fault li a{display:inline-flex;align-items:center;min-height:2.75rem}
header a{color:inherit;text-decoration:none}
header .home{gap:.5rem;font:600 1.25rem/1.5 'Iowan Old Style',Charter,Georgia,'Noto Serif',serif}
header svg{color:var(--accent)}
h1{font:600 1.75rem/1.25 'Iowan Old Style',Charter,Georgia,'Noto Serif','Noto Serif Devanagari',serif;margin:.5rem 0 .25rem}
h2{font-size:1.125rem;margin:1.25rem 0 .5rem}
h3{font-size:1rem;margin:0 0 .25rem}
p{margin:0 0 .25rem}
a{color:var(--accent);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.soft{color:var(--soft);font-size:.9375rem}
form,.options{background:var(--sheet);border:solid var(--ink);border-width:3px 0 1px;border-top-style:double;padding:1rem}
.row{display:grid;gap:0 1rem;grid-template-columns:repeat(auto-fit,minmax(min(11rem,100%),1fr));align-items:end}
form label{display:block;margin-bottom:.25rem;font-size:.875rem;color:var(--soft)}
input,select,button{font:inherit;width:100%;min-height:2.75rem;border-radius:3px;padding:.5rem .75rem}
input,select{background:var(--paper);color:var(--ink);border:1px solid var(--edge);margin-bottom:.75rem}
input[aria-invalid]{border:2px solid var(--accent)}
fieldset{border:0;margin:0 0 .75rem;padding:0}
legend{padding:0;font-size:.875rem;color:var(--soft)}
form label.choice{display:flex;align-items:center;gap:.5rem;min-height:2.75rem;margin:0;font-size:1rem;color:var(--ink)}
.choice input{width:1.5rem;height:2.75rem;flex:none;margin:0;accent-color:var(--accent)}
button{background:var(--accent);color:var(--on-accent);border:1px solid var(--accent);font-weight:600;cursor:pointer}
summary{min-height:2.75rem;padding:.625rem 0;color:var(--accent);cursor:pointer}
.options,.legs{list-style:none;margin:0 0 1rem}
.options>li+li{margin-top:1rem;border-top:1px solid var(--rule);padding-top:1rem}
.times{font-size:1.125rem}
.price{font-weight:600}
.legs{padding:0 0 0 .75rem;border-left:4px solid var(--edge)}
.legs li+li{margin-top:.75rem}
.notice,.fault{background:var(--wash);border-left:4px solid var(--accent);padding:.5rem .75rem;margin:.75rem 0}
.fault h2{margin-top:0}
`;
