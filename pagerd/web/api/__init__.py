"""What people's tools ask and do, one module per noun. Every act names the person of the token or of the socket."""
