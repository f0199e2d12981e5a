"""What was received once is played again through the production engine, under whatever plan."""
