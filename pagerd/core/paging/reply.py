"""placeholder until the grammar lands."""

CODE_ALPHABET = "ACDEFHJKLMNPQRTUVWXYZ2345679"
