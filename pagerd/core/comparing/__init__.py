"""What differs between two books, who is on call in one and not in the other: plain values and functions."""
