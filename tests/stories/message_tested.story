Whether somebody hears anything can be tried before it matters.
start: 2026-01-07 12:00
plan: with receivers

12:00:00  ana tries whether ops-chat hears anything
          -> ops-chat: Test message from pagerd: nothing is broken / Ana tried at 12:00 UTC+1 whether messages about incidents arrive here. They do.
12:00:05  ben tries whether ops-chat hears anything
          <- ops-chat was tested 5 s ago: look what became of that first
12:01:00  ana tries whether leads hears anything
          -> mail to leads@example.com: [pagerd] Test message from pagerd: nothing is broken
          -> mail to board@example.com: [pagerd] Test message from pagerd: nothing is broken
12:02:00  ana tries whether nobody hears anything
          <- there is no receiver 'nobody' in pagerd.yaml; receivers are leads, ops-chat, platform-chat
