"""Action items: `keeping` stores what became of one, `commands` are people's acts, `chasing` is what silence does."""
