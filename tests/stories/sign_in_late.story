pagerd is gone between two attempts to send a code, for longer than it is good. It is not sent any more; a new one is.
start: 2026-01-07 15:00

15:00:00  the text provider is down
15:00:01  somebody asks to sign in as ana by text
15:00:10  pagerd is gone for 12m
15:13:00  the text provider works again
15:14:00  somebody asks to sign in as ana by text
          -> text to ana: sign in
15:14:10  they type the code of the first text
          <- signed in as ana, whose code came by sms
