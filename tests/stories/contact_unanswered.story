A contact that was not used for long is asked about, by day; whoever leads hears once that nobody answered.
plan: contacts are asked about
start: 2026-01-06 08:00

08:00:00  (nobody was written to yet)
2026-01-13 11:00:00  (time passes)
          -> text to ana: test
          -> text to ben: test
11:05:00  the text to ana is delivered
11:05:10  ana reads the text
          <- TEST page from pagerd for Ana: you are in a rotation, and no text reached you for 7 days
          <- Reply 86 ack
11:06:00  ana texts: CODE ack
          <- text to ana: Thank you: this test page reached you by text. Nothing is broken.
11:07:00  the text to ben is delivered
11:00:00  (time passes)
          -> call to ana: test
          -> call to ben: test
11:05:00  the call to ana is answered
11:05:10  ana presses the key that was told
          <- said to ana: Confirmed. This test page reached you. Goodbye.
11:00:00  (time passes)
          -> mail to ana: test
          -> mail to ben: test
11:05:00  ana reads the mail
          <- [test] Test page from pagerd for Ana
          <- This is a test page from pagerd. Nothing is broken.
          <- How to answer
          <-   Open this and type the code 87 there. Opening it alone does nothing:
          <-   https://pager.example.org/me
          <-   Or by text, to the number that pages you: 87 ack.
          <-   From the command line: pagerd confirm 87
          <-   An answer to this mail is not read. Without a confirmation from pagerd
          <-   nothing is acknowledged.
          <- Why you got this
          <-   You are in a rotation, and no mail reached you for 7 days.
          <-   How you are reached, and when you are on call, stands in the rotations
          <-   of your team.
11:00:00  (time passes)
          -> mail to dora: incident
2026-01-19 11:00:00  (time passes)
          -> mail to dora: incident
          -> mail to dora: incident
11:05:00  dora reads the mail
          <- [pagerd] Ben did not answer for 4 days whether calls and mails reach them. Ask them, then try: pagerd test-page --to ben --via voice
          <- Ben did not answer for 4 days whether calls and mails reach them. Ask
          <- them, then try: pagerd test-page --to ben --via voice
20:00:00  (nobody hears of it twice)
