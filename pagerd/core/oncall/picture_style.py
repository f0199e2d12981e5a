"""How a picture of a schedule looks: on paper, on a light screen and on a dark one."""

SHADES = 8
"""Colours of people; who comes ninth has the first again, and a name in the block as everybody."""

STYLE = """
.pagerd-shifts { --paper: #ffffff; --ink: #1b1f24; --quiet: #57606a; --day: #eef1f4; --night: #8a96ab; --line: #57606a;
  --bad: #c1121f; --p0: #cfe3ff; --p1: #ffe0b8; --p2: #d4f0d0; --p3: #f3d1f4; --p4: #fff3a8; --p5: #d9dbff;
  --p6: #ffd5d1; --p7: #c9f2ee;
  font: 15px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; max-width: 100%; height: auto; }
.pagerd-shifts text { fill: var(--ink); }
.pagerd-shifts .title, .pagerd-shifts .who { font-weight: 700; }
.pagerd-shifts .title { font-size: 20px; }
.pagerd-shifts .quiet, .pagerd-shifts .quiet tspan { fill: var(--quiet); }
.pagerd-shifts .paper { fill: var(--paper); }
.pagerd-shifts .day { fill: var(--day); }
.pagerd-shifts .night { fill: var(--night); }
.pagerd-shifts .tick { stroke: var(--line); stroke-width: 1; }
.pagerd-shifts .block { stroke: var(--line); stroke-width: 1; fill: var(--day); }
.pagerd-shifts .p0 { fill: var(--p0); }
.pagerd-shifts .p1 { fill: var(--p1); }
.pagerd-shifts .p2 { fill: var(--p2); }
.pagerd-shifts .p3 { fill: var(--p3); }
.pagerd-shifts .p4 { fill: var(--p4); }
.pagerd-shifts .p5 { fill: var(--p5); }
.pagerd-shifts .p6 { fill: var(--p6); }
.pagerd-shifts .p7 { fill: var(--p7); }
.pagerd-shifts .block.open { fill: none; }
.pagerd-shifts .block.hidden { fill-opacity: .3; stroke-dasharray: 3 3; }
.pagerd-shifts .block.override { stroke: var(--ink); stroke-width: 2.5; }
.pagerd-shifts .block.final { stroke: var(--ink); stroke-width: 1.5; }
.pagerd-shifts .block.gap { fill: url(#pagerd-gap); stroke: var(--bad); stroke-width: 2; }
.pagerd-shifts .absent { fill: url(#pagerd-away); }
.pagerd-shifts .hatch { stroke: var(--bad); stroke-width: 2.5; }
.pagerd-shifts .bar { stroke: var(--line); stroke-width: 1.5; }
.pagerd-shifts .name { paint-order: stroke; }
.pagerd-shifts .name.final { font-weight: 700; }
.pagerd-shifts .name.hidden { fill: var(--quiet); }
.pagerd-shifts .name.gap, .pagerd-shifts .name.away { stroke: var(--paper);
  stroke-width: 5px; stroke-linejoin: round; }
.pagerd-shifts .name.gap { fill: var(--bad); font-weight: 700; }
.pagerd-shifts .clock { stroke: var(--ink); stroke-width: 2; stroke-dasharray: 6 4; }
@media (prefers-color-scheme: dark) { .pagerd-shifts { --paper: #0d1117; --ink: #e6edf3; --quiet: #a0aab5;
  --day: #21262d; --night: #6b7690; --line: #a0aab5; --bad: #ff7b72; --p0: #1f4068; --p1: #66430f; --p2: #1f5130;
  --p3: #5a2b5c; --p4: #574e10; --p5: #373b7a; --p6: #6b2a2a; --p7: #124f4b; } }
@media (max-width: 540px) { .pagerd-shifts { font-size: 25px; } .pagerd-shifts .title { font-size: 30px; }
  .pagerd-shifts .small { display: none; } }
"""

PATTERNS = (
    '<defs><pattern id="pagerd-gap" width="10" height="10" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="10"/></pattern>'
    '<pattern id="pagerd-away" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<line class="bar" x1="0" y1="0" x2="0" y2="7"/></pattern></defs>'
)
