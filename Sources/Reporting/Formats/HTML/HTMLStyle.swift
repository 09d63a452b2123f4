/// The style sheet of pages and of the drawings in them: light and dark by the reader's system, for screens of
/// 320 pixels and for paper.
enum HTMLStyle {
  static let sheet = """
    :root { color-scheme: light dark; --bg: #fff; --fg: #1c2128; --quiet: #57606a; --line: #d0d7de;
      --soft: #f3f5f7; --good: #116329; --bad: #b3151d; --warn: #7d4e00; --ours: #0550ae;
      --goodbg: #dafbe1; --badbg: #ffebe9; --warnbg: #fff3cd; }
    @media (prefers-color-scheme: dark) { :root { --bg: #0d1117; --fg: #e6edf3; --quiet: #9aa5b1;
      --line: #3a424c; --soft: #161b22; --good: #56d364; --bad: #ff7b72; --warn: #e3b341;
      --ours: #79c0ff; --goodbg: #12361f; --badbg: #46191c; --warnbg: #3a2d0a; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--bg); color: var(--fg);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
    main { max-width: 56rem; margin: 0 auto; padding: 1rem; }
    h1 { font-size: 1.1rem; margin: 0 0 .75rem; color: var(--quiet); font-weight: 600; }
    h2 { font-size: 1.25rem; margin: 2.25rem 0 .6rem; padding-bottom: .25rem;
      border-bottom: 1px solid var(--line); }
    h3 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
    h2 small, h3 small { font-weight: 400; color: var(--quiet); font-size: .85rem; margin-left: .5rem; }
    p, ul, dl { margin: .5rem 0; } ul { padding-left: 1.25rem; } li { margin: .3rem 0; }
    code, pre, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
      font-size: .86em; overflow-wrap: anywhere; }
    code { background: var(--soft); border-radius: 4px; padding: .1em .3em; }
    pre { background: var(--soft); border-radius: 6px; padding: .6rem .75rem; white-space: pre-wrap;
      margin: .5rem 0; }
    .option { white-space: nowrap; }
    .verdict { border-left: 6px solid var(--line); border-radius: 6px; background: var(--soft);
      padding: .75rem 1rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
    .verdict b { display: block; font-size: 1.3rem; line-height: 1.3; }
    .verdict.bad { border-color: var(--bad); background: var(--badbg); }
    .verdict.good { border-color: var(--good); background: var(--goodbg); }
    .verdict.warning { border-color: var(--warn); background: var(--warnbg); }
    .verdict.bad b, .bad { color: var(--bad); } .verdict.good b, .good { color: var(--good); }
    .verdict.warning b, .warning { color: var(--warn); }
    .verdict.bad, .verdict.good, .verdict.warning { color: var(--fg); }
    .ours { color: var(--ours); } .quiet { color: var(--quiet); } .strong { font-weight: 600; }
    .plainly { font-size: 1.15rem; line-height: 1.45; margin: 0 0 1rem; }
    .act { display: grid; gap: .75rem; margin: 1rem 0; }
    @media (min-width: 44rem) { .act { grid-template-columns: 1fr 1fr; } }
    .act section { border: 1px solid var(--line); border-radius: 8px; padding: .6rem 1rem; }
    .act h2 { border: 0; margin: 0 0 .25rem; font-size: 1rem; } .act ol { padding-left: 1.25rem; margin: 0; }
    .act code { display: inline; }
    dl { display: grid; grid-template-columns: minmax(5.5rem, max-content) 1fr; gap: .25rem .9rem; }
    dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
    @media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } dt { font-size: .85rem;
      margin-top: .45rem; } }
    .wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .9rem; min-width: 100%; }
    th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0;
      border-bottom: 1px solid var(--line); } th { color: var(--quiet); font-weight: 600; }
    td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; } tr.good td { color: var(--good); }
    tr.bad td { color: var(--bad); } tr.warning td { color: var(--warn); }
    @media (max-width: 40rem) { table, tbody, tr, td { display: block; } tr.head { display: none; }
      tr { border-bottom: 1px solid var(--line); padding: .35rem 0; } td.n { text-align: left; }
      td { border: 0; padding: .05rem 0; overflow-wrap: anywhere; }
      td[data-title]::before { content: attr(data-title) ": "; color: var(--quiet); } }
    details { border: 1px solid var(--line); border-radius: 8px; margin: .75rem 0; padding: 0 .9rem; }
    summary { cursor: pointer; padding: .5rem 0; font-weight: 600; }
    .talk { font-size: .82rem; line-height: 1.45; } .talk div { display: grid; padding: .12rem 0;
      grid-template-columns: 4.2rem 1.2rem 1fr; gap: .3rem; }
    .talk .t { color: var(--quiet); text-align: right; font-variant-numeric: tabular-nums; }
    .talk small { color: var(--quiet); display: inline-block; } .talk .pause { color: var(--quiet); }
    .talk .bad { color: var(--bad); }
    .finding { border-left: 4px solid var(--line); padding: .1rem 0 .1rem .8rem; margin: .8rem 0; }
    .finding.bad { border-color: var(--bad); color: inherit; } .finding.warning { border-color: var(--warn);
      color: inherit; } .finding > b { display: block; } .grade { font-size: .8rem; color: var(--quiet);
      text-transform: uppercase; letter-spacing: .04em; }
    figure { margin: 1rem 0; } figcaption { color: var(--quiet); font-size: .85rem; margin-top: .3rem; }
    svg { display: block; width: 100%; height: auto; max-width: 40rem; }
    svg text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--fg); }
    svg .s { font-size: 11px; } svg .m { font-size: 12px; } svg .b { font-weight: 700; }
    svg .q { fill: var(--quiet); } svg .e { text-anchor: end; } svg .c { text-anchor: middle; }
    svg .life { stroke: var(--quiet); stroke-width: 1.5; } svg .ax { stroke: var(--line); }
    svg .out { stroke: var(--ours); fill: none; stroke-width: 1.8; } svg .fout { fill: var(--ours); }
    svg .in { stroke: var(--good); fill: none; stroke-width: 1.8; } svg .fin { fill: var(--good); }
    svg .ack { stroke: var(--quiet); fill: none; stroke-dasharray: 3 3; } svg .fack { fill: var(--quiet); }
    svg .lost { stroke: var(--bad); fill: none; stroke-width: 1.8; } svg .flost { fill: var(--bad); }
    svg .lead { stroke: var(--line); fill: none; } svg .gap { fill: var(--badbg); stroke: var(--bad); }
    svg .tbad { fill: var(--bad); } svg .tout { fill: var(--ours); } svg .tin { fill: var(--good); }
    svg .hide { fill: var(--bg); } svg .soft { fill: var(--soft); stroke: var(--line); }
    svg .fwarn { fill: var(--warn); } svg .fquiet { fill: var(--line); }
    .multiples { display: grid; gap: .6rem; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); }
    .multiples div { border: 1px solid var(--line); border-radius: 8px; padding: .45rem .6rem; }
    .multiples b { font-size: .85rem; display: block; overflow-wrap: anywhere; line-height: 1.3; }
    .multiples span { font-size: .78rem; color: var(--quiet); display: block; overflow-wrap: anywhere; }
    .multiples .good { color: var(--good); } .multiples .bad { color: var(--bad); }
    footer { margin-top: 2.5rem; color: var(--quiet); font-size: .85rem; }
    @media print { body { font-size: 11pt; background: #fff; } main { max-width: none; padding: 0; }
      summary { break-after: avoid; } details::details-content { content-visibility: visible;
      display: block; } figure, .finding, .multiples div, tr { break-inside: avoid; }
      h2, h3 { break-after: avoid; } }
    """
}
