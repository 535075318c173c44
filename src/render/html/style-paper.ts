/** How the page looks on paper. */

export const PAPER_STYLE = `
@media print{
@page{size:landscape;margin:12mm}
html{font-size:10pt}
body{max-width:none;padding:0}
nav,#theme,.copy,.copy-all,.pages,.tools>:not(#found),th button::after{display:none!important}
.scroll{max-height:none;overflow:visible;border:0}
#list table{font-size:7pt;width:100%}
#list thead th{font-size:6.5pt}
#list td,#list th{position:static!important;padding:.15rem .3rem;overflow-wrap:break-word}
thead{display:table-header-group}
tr,.findings>li{break-inside:avoid;content-visibility:visible}
main>section.outcome.loud{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}`
