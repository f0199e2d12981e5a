"""What a replay comes to, and what differs between two of them: plain values and functions."""
