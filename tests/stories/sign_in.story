Ana signs in while the text provider loses its answers: two texts may arrive, and nobody knows which. The code of each
is good, whichever she reads, and worth nothing after she is in. For a name that nobody has nothing is sent.
start: 2026-01-07 15:00

15:00:00  the text provider loses its answers
15:00:01  somebody asks to sign in as ana by text
          -> text to ana: sign in
15:00:04  the text provider works again
15:00:06  (time passes)
          -> text to ana: sign in
15:01:00  they type a wrong code 1 times
          <- not signed in, 4 more tries
15:01:10  they type the code of the first text
          <- signed in as ana, whose code came by sms
15:01:20  they type the code of the last text
          <- not signed in, ask anew
15:02:00  somebody asks to sign in as zoe by text
15:02:10  they type the code of the last text
          <- not signed in, 4 more tries
15:03:00  somebody asks to sign in as ana by mail
          -> mail to ana: sign in
15:03:30  they type the code of the last mail
          <- signed in as ana, whose code came by email
