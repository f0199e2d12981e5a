A test call resolves and escalates nothing, whatever is pressed; its own key confirms it. A bare ack is enough for a text
while nothing else could be meant, and what arrives proves the contact even where nobody answers.
start: 2026-01-06 10:00

10:00:00  dora tests ana by call
          -> call to ana: test
10:00:10  ana listens to the call
          <- Pagerd. This is a test page for Ana.
          <- Press KEY to confirm. 0 to hear this again.
10:00:20  ana presses 6
          <- said to ana: the script again
10:00:30  ana presses the key that was told
          <- said to ana: Confirmed. This test page reached you. Goodbye.
10:00:40  the call to ana is not answered
10:02:00  dora tests ana by text
          -> text to ana: test
10:02:10  ana texts: ack
          <- text to ana: Thank you: this test page reached you by text. Nothing is broken.
10:04:00  dora tests ben by mail
          -> mail to ben: test
10:04:10  ben reads the mail
          <- [test] Test page from pagerd for Ben
          <- This is a test page from pagerd. Nothing is broken.
          <- How to answer
          <-   Open this and type the code 17 there. Opening it alone does nothing:
          <-   https://pager.example.org/me
          <-   Or by text, to the number that pages you: 17 ack.
          <-   From the command line: pagerd confirm 17
          <-   An answer to this mail is not read. Without a confirmation from pagerd
          <-   nothing is acknowledged.
10:05:00  dora tests mallory by text
          <- there is no person 'mallory'; there are ana, ben, cho, dora, eva
