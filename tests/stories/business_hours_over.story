What resolved before the morning is never told.
plan: quiet
start: 2026-01-07 02:00

02:00:00  alertmanager: SettlementLag fires
08:59:00  alertmanager: SettlementLag resolves
09:10:00  (nobody hears of it)
