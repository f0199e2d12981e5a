"""What people answer by text and by key. Every answer ends in a command under the name of the one who gave it.

A stranger gets silence, an answer that means nothing gets one sentence that says what would be right, and the same
message delivered twice does its work once.
"""
